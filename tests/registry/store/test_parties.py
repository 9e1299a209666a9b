from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry.store.base import Base
from registry.store.tables import ConsumerRow, CredentialRow, PlanRow, SystemRow, TeamRow

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "row",
    [
        PlanRow(name="p", limit=0, window=60, burst=1),
        PlanRow(name="p", limit=1, window=60, burst=0),
        SystemRow(name="s", title="S", kind="toaster", created_at=NOW),
        SystemRow(name="s", title="S", kind="erp", owner="nobody", created_at=NOW),
        ConsumerRow(id="1", name="c", title="C", owner="nobody", created_at=NOW),
        CredentialRow(id="k", consumer_id="nobody", sha256="x", created_at=NOW, created_by="x"),
    ],
    ids=lambda row: type(row).__name__,
)
def test_rows_that_make_no_sense_do_not_get_in(engine: Engine, row: Base) -> None:
    copy = type(row)(**{key: value for key, value in vars(row).items() if not key.startswith("_")})
    with Session(engine) as session:
        session.add(copy)
        with pytest.raises(IntegrityError):
            session.flush()


def test_texts_that_are_not_given_are_empty(engine: Engine) -> None:
    with Session(engine) as session:
        session.add(TeamRow(name="t", title="T", created_at=NOW))
        session.flush()
        assert session.get_one(TeamRow, "t").description == ""
