from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry.domain.waivers import WaiverState
from registry.store.tables import WaiverRow
from registry.store.waivers import STATES

FACTS: dict[str, Any] = {
    "contract": "erp/orders",
    "rule": "auth-stated",
    "reason": "Agreed.",
    "until": date(2027, 1, 1),
    "state": "requested",
    "requested_by": "olga",
    "requested_at": datetime(2026, 11, 23, tzinfo=UTC),
}


def test_a_day_comes_back_as_a_day(engine: Engine) -> None:
    with Session(engine) as session:
        session.add(WaiverRow(**FACTS))
        session.flush()
        session.expire_all()
        assert session.query(WaiverRow).one().until == date(2027, 1, 1)


@pytest.mark.parametrize("wrong", [{"state": "expired"}, {"rule": None}, {"change": "f" * 32}])
def test_it_has_one_subject_and_a_state_that_somebody_gave_it(engine: Engine, wrong: dict[str, Any]) -> None:
    with Session(engine) as session:
        session.add(WaiverRow(**{**FACTS, **wrong}))
        with pytest.raises(IntegrityError):
            session.flush()


def test_nobody_writes_that_one_has_expired() -> None:
    assert set(STATES) == set(WaiverState) - {WaiverState.EXPIRED}
