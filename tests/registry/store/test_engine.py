from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError

from registry.domain.errors import Invalid
from registry.store import connect


def test_sqlite_keeps_foreign_keys_and_a_write_ahead_log(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path}/new/folder/lading.db")
    with engine.connect() as connection:
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
    engine.dispose()


def test_foreign_keys_hold(engine: Engine) -> None:
    insert = "INSERT INTO role_grant (person_id, role, domain) VALUES (77, 'viewer', '*')"
    with engine.connect() as connection, pytest.raises(IntegrityError):
        connection.execute(text(insert))


def test_what_is_done_in_a_transaction_can_be_undone_tables_too(engine: Engine) -> None:
    with engine.connect() as connection:
        connection.execute(text("CREATE TABLE passing (id INTEGER)"))
        connection.rollback()
        connection.execute(text("CREATE TABLE passing (id INTEGER)"))
        connection.rollback()


@pytest.mark.parametrize("url", ["mysql://x/y", "no url", "", "oracle://x"])
def test_other_databases_are_refused_with_advice(url: str) -> None:
    with pytest.raises(Invalid, match="sqlite:///"):
        connect(url)


def test_a_plain_postgresql_address_means_psycopg() -> None:
    engine = connect("postgresql://user:secret@nowhere/db")
    assert engine.driver == "psycopg"
    assert "secret" not in repr(engine)
