from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry.store.tables import GateRunRow

FACTS = {
    "contract": "erp/orders",
    "version": "1.0.0",
    "digest": "",
    "profile": "default",
    "source": "check",
    "actor": "x",
    "created_at": datetime(2026, 1, 1, tzinfo=UTC),
}


def test_a_run_keeps_whatever_json_a_gate_says(engine: Engine) -> None:
    result = {"witness": [1.5, None, "\u0007ä€😀", {"": True}], "big": 10**18}
    with Session(engine) as session:
        session.add(GateRunRow(outcome="pass", checks=[], result=result, **FACTS))
        session.flush()
        session.expire_all()
        assert session.query(GateRunRow).one().result == result


def test_an_outcome_is_one_of_three(engine: Engine) -> None:
    with Session(engine) as session:
        session.add(GateRunRow(outcome="maybe", checks=[], result={}, **FACTS))
        with pytest.raises(IntegrityError):
            session.flush()
