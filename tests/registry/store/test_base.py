from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.exc import StatementError
from sqlalchemy.orm import Session

from registry.store.tables import TeamRow


def test_times_come_back_in_utc_to_the_microsecond(engine: Engine) -> None:
    there = datetime(2026, 3, 1, 1, 30, 0, 123456, tzinfo=timezone(timedelta(hours=5)))
    with Session(engine) as session:
        session.add(TeamRow(name="a", title="A", created_at=there))
        session.flush()
        session.expire_all()
        back = session.scalars(select(TeamRow.created_at)).one()
    assert back == there
    assert back.tzinfo is UTC


def test_a_time_without_a_zone_does_not_get_in(engine: Engine) -> None:
    with Session(engine) as session:
        session.add(TeamRow(name="a", title="A", created_at=datetime(2026, 1, 1)))
        with pytest.raises(StatementError, match="without a zone"):
            session.flush()
