from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry.store.tables import AuditRow, HeadRow


def entry(previous: str, own: str) -> AuditRow:
    return AuditRow(
        at=datetime(2026, 1, 1, tzinfo=UTC),
        actor="x",
        action="y",
        subject="z",
        details={},
        previous=previous,
        hash=own,
    )


def test_the_chain_cannot_fork(engine: Engine) -> None:
    with Session(engine) as session:
        session.add_all([entry("", "a"), entry("a", "b"), entry("a", "c")])
        with pytest.raises(IntegrityError):
            session.flush()


def test_the_heads_are_there_from_the_beginning(engine: Engine) -> None:
    with Session(engine) as session:
        heads = {row.name: row.value for row in session.execute(select(HeadRow.name, HeadRow.value))}
    assert heads == {"audit": "", "bundles": "0"}
