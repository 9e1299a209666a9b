from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry.store.tables import CallsRow

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def calls() -> CallsRow:
    return CallsRow(
        contract="a/b",
        version="1.0.0",
        environment="default",
        hour=NOW,
        outcome="ok",
        count=2**40,
        first_at=NOW,
        last_at=NOW,
    )


def test_unknown_operations_and_callers_are_counted_in_one_row_too(engine: Engine) -> None:
    with Session(engine) as session:
        session.add_all([calls(), calls()])
        with pytest.raises(IntegrityError):
            session.flush()
