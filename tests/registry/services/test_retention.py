from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event, func, select

from registry.domain.access import SYSTEM, Actor
from registry.domain.errors import Forbidden
from registry.services import Registry, observations, retention
from registry.services.retention import Retention, purge
from registry.store.tables import BatchRow, CallsRow, ShadowRow, UseRow, ViolationRow
from tests.registry.conftest import NOON, Clock

from .test_observations import call, violation
from .test_unknown import batch, shadow, use

TABLES = {"batch": BatchRow, "calls": CallsRow, "violation": ViolationRow, "shadow": ShadowRow, "use": UseRow}


def seen(registry: Registry, name: str, ago: timedelta, *, number: int = 1) -> None:
    """A batch of `number` rows of each kind, of a time that long before NOON."""
    at = {"first_at": NOON - ago, "last_at": NOON - ago}
    each = range(number)
    told = replace(
        batch(
            name,
            tuple(shadow(f"/{name}-{one}", **at) for one in each),
            tuple(
                use(f"/{name}-{one}", declared=declared, **at) for one in each for declared in (True, False)
            ),
        ),
        calls=tuple(call(operation=f"{name}-{one}", **at) for one in each),
        violations=tuple(violation(fingerprint=f"{name}-{one}", **at) for one in each),
    )
    with registry.unit(SYSTEM) as context:
        observations.ingest(context, told)


def left(registry: Registry) -> dict[str, int]:
    with registry.unit.read(SYSTEM) as context:
        return {
            name: context.session.scalar(select(func.count()).select_from(table)) or 0
            for name, table in TABLES.items()
        }


def purged(registry: Registry, kept: Retention) -> dict[str, int]:
    with registry.unit(SYSTEM) as context:
        return {name: number for name, number in purge(context, kept).items() if number}


def test_each_kind_goes_when_it_is_as_old_as_it_may_be(registry: Registry) -> None:
    for name, days in (("year", 401), ("season", 91), ("week", 7)):
        seen(registry, name, timedelta(days=days))
    # Batches are as old as their arrival, which was just now.
    assert purged(registry, Retention()) == {
        "calls": 1,
        "violation": 1,
        "use": 1,
        "shadow": 2,
        "undeclared": 2,
    }
    assert left(registry) == {"batch": 3, "calls": 2, "violation": 2, "shadow": 1, "use": 3}
    assert purged(registry, Retention()) == {}


def test_what_is_exactly_as_old_is_kept_and_so_is_what_was_seen_again(registry: Registry) -> None:
    seen(registry, "a", timedelta(days=90))
    seen(registry, "b", timedelta(days=500))
    again = {"first_at": NOON, "last_at": NOON}
    with registry.unit(SYSTEM) as context:
        told = batch("again", (shadow("/b-0", **again),), (use("/b-0", **again),))
        observations.ingest(context, told)
    assert purged(registry, Retention()) == {"calls": 1, "violation": 1, "undeclared": 1}
    assert left(registry)["shadow"] == 2


def test_a_receipt_is_kept_as_long_as_what_it_counted(registry: Registry, clock: Clock) -> None:
    seen(registry, "a", timedelta())
    clock.forward(days=400)
    assert "batch" not in purged(registry, Retention())
    clock.forward(seconds=1)
    assert purged(registry, Retention())["batch"] == 1


def test_none_is_for_ever(registry: Registry) -> None:
    seen(registry, "a", timedelta(days=4000))
    assert purged(registry, Retention(None, None)) == {}
    assert purged(registry, Retention(None, timedelta(days=1))) == {"shadow": 1, "undeclared": 1}
    assert left(registry) == {"batch": 1, "calls": 1, "violation": 1, "shadow": 0, "use": 1}


def test_a_transaction_removes_so_many_the_oldest_first(
    registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "MOST", 3)
    monkeypatch.setattr(retention, "_TOGETHER", 2)
    seen(registry, "old", timedelta(days=401), number=2)
    seen(registry, "older", timedelta(days=402), number=2)
    assert purged(registry, Retention())["calls"] == 3
    with registry.unit.read(SYSTEM) as context:
        assert context.session.scalars(select(CallsRow.operation)).one().startswith("old-")
    assert purged(registry, Retention())["calls"] == 1


def test_ages_are_found_by_an_index(registry: Registry) -> None:
    seen(registry, "a", timedelta(days=401))
    statements = told(registry.engine)
    purged(registry, Retention())
    looked = [(text, values) for text, values in statements if text.startswith("SELECT") and " < " in text]
    assert len(looked) == 6
    with registry.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET enable_seqscan = off")
        for text, values in looked:
            explain = "EXPLAIN " if connection.dialect.name == "postgresql" else "EXPLAIN QUERY PLAN "
            plan = " ".join(str(row) for row in connection.exec_driver_sql(explain + text, values))
            assert "ix_" in plan, plan


def told(engine: Engine) -> list[tuple[str, Any]]:
    """Every statement from now on, with its values."""
    heard: list[tuple[str, Any]] = []

    def hear(_c: Any, _k: Any, text: str, values: Any, _x: Any, _m: bool) -> None:
        heard.append((text, values))

    event.listen(engine, "before_cursor_execute", hear)
    return heard


def test_two_at_once_remove_each_row_once_and_wait_for_nobody(registry: Registry) -> None:
    seen(registry, "a", timedelta(days=401), number=20)
    start, numbers = threading.Barrier(3), []

    def remove() -> None:
        start.wait(10)
        numbers.append(purged(registry, Retention()).get("calls", 0))

    threads = [threading.Thread(target=remove) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sum(numbers) == 20
    assert len(numbers) == 3


def test_who_may_not_send_observations_may_not_remove_them(registry: Registry) -> None:
    with pytest.raises(Forbidden), registry.unit(Actor("person", "ada")) as context:
        purge(context, Retention())
