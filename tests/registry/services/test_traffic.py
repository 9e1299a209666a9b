from __future__ import annotations

from datetime import timedelta

import pytest

from registry.domain.access import SYSTEM, Actor, Scope
from registry.domain.errors import Forbidden, Invalid, NotFound
from registry.services import Registry, consumers, observations, traffic
from tests.registry.conftest import NOON, Clock

from .test_observations import batch, call, violation


@pytest.fixture
def busy(registry: Registry) -> Registry:
    with registry.unit(SYSTEM) as context:
        acme = consumers.create(context, "acme-wms")
        calls = (
            call(consumer=acme.id, last_at=NOON + timedelta(hours=3), first_at=NOON),
            call(
                version="2.0.0",
                operation=None,
                outcome="violation",
                last_at=NOON - timedelta(days=2),
                first_at=NOON - timedelta(days=2),
            ),
            call(contract="erp/other"),
        )
        violations = tuple(
            violation(
                fingerprint=f"{number:016}",
                contract="erp/orders" if number % 2 else "carrier/labels",
                last_at=NOON + timedelta(minutes=number),
                first_at=NOON,
            )
            for number in range(5)
        )
        observations.ingest(context, batch("batch-1", *calls, violations=violations))
    return registry


def test_who_still_calls_this(busy: Registry) -> None:
    with busy.unit.read(SYSTEM) as context:
        everyone = traffic.callers(context, "erp/orders")
        assert [(one.consumer, one.version) for one in everyone] == [("acme-wms", "1.0.0"), (None, "2.0.0")]
        assert everyone[1].violations == 3
        assert [one.version for one in traffic.callers(context, "erp/orders", "1.0.0")] == ["1.0.0"]
        assert [one.version for one in traffic.callers(context, "erp/orders", since=NOON)] == ["1.0.0"]
        assert traffic.callers(context, "erp/orders", environment="moon") == ()


def test_use_over_time(busy: Registry) -> None:
    with busy.unit.read(SYSTEM) as context:
        hours = traffic.usage(context, "erp/orders", since=NOON - timedelta(days=7))
        assert [(one.at, one.operation, one.outcome, one.calls) for one in hours] == [
            (NOON - timedelta(days=2), None, "violation", 3),
            (NOON + timedelta(hours=3), "GET /orders/{orderId}", "ok", 3),
        ]
        days = traffic.usage(context, "erp/orders", "1.0.0", since=NOON - timedelta(days=7), by="day")
        assert [one.at.hour for one in days] == [0]


def test_violations_are_listed_newest_first_filtered_and_paged(busy: Registry) -> None:
    with busy.unit.read(SYSTEM) as context:
        everything = [one.fingerprint[-1] for one in traffic.violations(context).items]
        assert everything == ["4", "3", "2", "1", "0"]
        assert [one.fingerprint[-1] for one in traffic.violations(context, contract="erp/orders").items] == [
            "3",
            "1",
        ]
        paged, after = [], None
        while True:
            page = traffic.violations(context, after=after, limit=2)
            paged += [one.fingerprint[-1] for one in page.items]
            after = page.after
            if after is None:
                break
        assert paged == everything
        with pytest.raises(Invalid):
            traffic.violations(context, state="gone")


def test_acknowledging_and_opening_again(busy: Registry, clock: Clock) -> None:
    with busy.unit(SYSTEM) as context:
        number = traffic.violations(context, contract="erp/orders").items[0].id
        seen = traffic.acknowledge(context, number, note="The carrier mends it.")
        assert (seen.state, seen.acknowledged_by, seen.acknowledged_at, seen.note) == (
            "acknowledged",
            "lading",
            clock.now,
            "The carrier mends it.",
        )
        assert [one.id for one in traffic.violations(context, state="acknowledged").items] == [number]
        assert traffic.reopen(context, number).state == "open"
        with pytest.raises(NotFound):
            traffic.violation(context, 10**9)


def test_acknowledging_is_for_those_of_the_domain(busy: Registry) -> None:
    owner = Actor("person", "ada", "", {"erp": frozenset({Scope.VIOLATIONS_WRITE})})
    with busy.unit.read(owner) as context:
        ours, theirs = (
            traffic.violations(context, contract=name).items[0].id
            for name in ("erp/orders", "carrier/labels")
        )
        traffic.acknowledge(context, ours)
        for attempt in (traffic.acknowledge, traffic.reopen):
            with pytest.raises(Forbidden):
                attempt(context, theirs)
