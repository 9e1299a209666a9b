from __future__ import annotations

from registry.store import tables
from registry.store.base import Base


def test_every_table_is_named_here() -> None:
    named = {getattr(tables, name) for name in tables.__all__ if name != "metadata"}
    assert named == {mapper.class_ for mapper in Base.registry.mappers}


def test_every_foreign_key_of_a_large_table_is_indexed() -> None:
    """A key without an index makes deletes and joins read the whole table."""
    small = {"team", "domain", "system", "environment", "plan"}
    missing = []
    for table in tables.metadata.sorted_tables:
        leading = {next(iter(index.columns)).name for index in table.indexes}
        leading |= {next(iter(table.primary_key.columns)).name}
        leading |= {
            next(iter(c.columns)).name
            for c in table.constraints
            if getattr(c, "columns", None) and len(c.columns)
        }
        missing += [
            f"{table.name}.{key.parent.name}"
            for key in table.foreign_keys
            if key.column.table.name not in small and key.parent.name not in leading
        ]
    assert missing == []
