from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta
from typing import Any

from registry.domain.access import SYSTEM
from registry.domain.traffic import Batch, CallReport, ViolationReport
from registry.services import Registry, consumers, observations, traffic
from tests.registry.conftest import NOON


def call(**facts: Any) -> CallReport:
    given: dict[str, Any] = {
        "contract": "erp/orders", "version": "1.0.0", "operation": "GET /orders/{orderId}", "consumer": None, "outcome": "ok",
        "count": 3, "first_at": NOON, "last_at": NOON + timedelta(minutes=1),
    }  # fmt: skip
    return CallReport(**{**given, **facts})


def violation(**facts: Any) -> ViolationReport:
    given: dict[str, Any] = {
        "fingerprint": "f" * 16, "contract": "erp/orders", "version": "1.0.0", "operation": None, "consumer": None,
        "direction": "request", "location": "body", "pointer": "/lines/0", "schema_pointer": "/x", "code": "type",
        "message": "it is text", "count": 2, "first_at": NOON, "last_at": NOON, "sample": {"a": 1},
    }  # fmt: skip
    return ViolationReport(**{**given, **facts})


def batch(name: str, *calls: CallReport, violations: tuple[ViolationReport, ...] = ()) -> Batch:
    return Batch(name, "gateway", "default", calls, violations)


def test_a_repeated_batch_is_not_counted_again(registry: Registry) -> None:
    sent = batch("batch-1", call(), call(count=4), violations=(violation(), violation(count=5)))
    for repeated in (False, True, True):
        with registry.unit(SYSTEM) as context:
            assert observations.ingest(context, sent).repeated is repeated
    with registry.unit.read(SYSTEM) as context:
        (caller,) = traffic.callers(context, "erp/orders")
        assert (caller.calls, caller.consumer, caller.operations) == (7, None, ("GET /orders/{orderId}",))
        assert traffic.violations(context).items[0].count == 7


def test_counts_of_an_hour_add_up_and_times_reach_as_far_as_seen(registry: Registry) -> None:
    early, late = NOON - timedelta(minutes=30), NOON + timedelta(minutes=50)
    with registry.unit(SYSTEM) as context:
        observations.ingest(context, batch("batch-1", call()))
        observations.ingest(
            context, batch("batch-2", call(first_at=early), call(last_at=late), call(outcome="refused"))
        )
    with registry.unit.read(SYSTEM) as context:
        (caller,) = traffic.callers(context, "erp/orders")
        assert (caller.calls, caller.refused, caller.first_at, caller.last_at) == (12, 3, early, late)


def test_one_batch_that_arrives_twice_at_once_is_counted_once(registry: Registry) -> None:
    start, answers = threading.Barrier(4), []

    def send() -> None:
        start.wait()
        with registry.unit(SYSTEM) as context:
            answers.append(observations.ingest(context, batch("batch-1", call())).repeated)

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [False, True, True, True]
    with registry.unit.read(SYSTEM) as context:
        assert traffic.callers(context, "erp/orders")[0].calls == 3


def test_many_rows_and_odd_texts_get_in(registry: Registry) -> None:
    calls = [call(operation=f"GET /{number}\0\ud800" + "x" * 2000) for number in range(450)]
    with registry.unit(SYSTEM) as context:
        observations.ingest(context, batch("batch-1", *calls, violations=(violation(message="\0" * 5000),)))
        assert traffic.callers(context, "erp/orders")[0].calls == 1350


def test_keys_learn_when_they_were_last_used(registry: Registry) -> None:
    with registry.unit(SYSTEM) as context:
        one, two = (consumers.create(context, name) for name in ("one", "two"))
        only = consumers.issue_key(context, "one").credential.id
        first, second = (consumers.issue_key(context, "two").credential.id for _ in range(2))
        later = NOON + timedelta(hours=2)
        calls = (
            call(consumer=one.id),
            call(consumer=two.id),
            call(consumer=two.id, key=second, last_at=later),
        )
        observations.ingest(context, batch("batch-1", *calls))
        observations.ingest(context, batch("batch-2", call(consumer=two.id, key=second)))
    with registry.unit.read(SYSTEM) as context:
        used = {
            key.id: key.last_used_at
            for name in ("one", "two")
            for key in consumers.get(context, name).credentials
        }
    assert used == {only: NOON + timedelta(minutes=1), first: None, second: later}


def test_a_violation_seen_again_keeps_its_first_time_and_shows_the_last_sample(registry: Registry) -> None:
    later = NOON + timedelta(hours=1)
    with registry.unit(SYSTEM) as context:
        observations.ingest(context, batch("batch-1", violations=(violation(),)))
        again = replace(violation(), last_at=later, first_at=later, sample={"a": 2})
        observations.ingest(context, batch("batch-2", violations=(again,)))
    with registry.unit.read(SYSTEM) as context:
        (seen,) = traffic.violations(context).items
    assert (seen.count, seen.first_at, seen.last_at, seen.sample) == (4, NOON, later, {"a": 2})
