"""The migrations lead up, down and up again, and to what the models say, on both databases."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect

from migrations.scope import belongs
from registry.store import downgrade, migrate
from registry.store.tables import metadata


def tables(engine: Engine) -> set[str]:
    names = set(inspect(engine).get_table_names())
    return {name for name in names if not name.startswith(("search_index_", "alembic"))}


def test_the_newest_schema_is_the_models(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_object": belongs, "compare_type": True, "target_metadata": metadata}
        )
        assert compare_metadata(context, metadata) == []


def test_up_down_and_up_again(engine: Engine) -> None:
    full = tables(engine)
    assert {table.name for table in metadata.sorted_tables} <= full
    try:
        downgrade(engine)
        assert tables(engine) == set()
    finally:
        migrate(engine)
    assert tables(engine) == full


def test_migrating_a_current_database_changes_nothing(engine: Engine) -> None:
    before = tables(engine)
    migrate(engine)
    assert tables(engine) == before
