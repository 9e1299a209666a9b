from __future__ import annotations

import asyncio

import pytest

from gateway.tracing import otlp
from gateway.tracing.exporter import BATCH, Exporter
from gateway.tracing.tracer import Tracing
from lading.processes import free_port
from tests.gateway.world import in_loop, until

from .collector import attributes, collecting

SPAN = otlp.span(b"1" * 32, b"2" * 16, None, b"", "GET", otlp.SERVER, 1, 2, b"")


def exporter(url: str, **options: object) -> Exporter:
    tracing = Tracing(url, (("x-key", "secret"),), resource=(("deployment.environment.name", "test"),))
    return Exporter(tracing, "g1", **{"interval": 0.01, **options})  # type: ignore[arg-type]


@in_loop
async def test_spans_are_sent_in_the_background() -> None:
    with collecting() as collector:
        held = exporter(collector.url)
        task = asyncio.create_task(held.run())
        for _ in range(BATCH + 10):
            held.take(SPAN)
        await until(lambda: held.counts["exported"] == BATCH + 10)
        task.cancel()
        await held.finish()
    assert set(collector.paths) == {"/v1/traces"}
    assert collector.headers[0]["x-key"] == "secret"
    assert collector.headers[0]["content-type"] == "application/x-protobuf"
    resource = attributes(collector.requests[0].resource_spans[0].resource)
    assert resource["service.name"] == "lading-gateway"
    assert resource["service.instance.id"] == "g1"
    assert resource["deployment.environment.name"] == "test"
    assert len(collector.spans) == BATCH + 10


@in_loop
async def test_what_finds_no_room_is_dropped_and_counted() -> None:
    held = exporter("http://127.0.0.1:9", most=3)
    for _ in range(5):
        held.take(SPAN)
    assert held.counts["dropped"] == 2
    gauges = {metric.name: metric for metric in held.gauges()}
    assert gauges["lading_gateway_spans_waiting"].samples[0].value == 3


@in_loop
async def test_a_collector_that_is_busy_is_asked_again() -> None:
    with collecting() as collector:
        collector.answers = [503, 429]
        held = exporter(f"{collector.url}/v1/traces")
        held.take(SPAN)
        task = asyncio.create_task(held.run())
        await until(lambda: held.counts["exported"] == 1)
        task.cancel()
        await held.finish()
    assert collector.paths == ["/v1/traces"] * 3
    assert held.problem == ""


@pytest.mark.parametrize("status", [400, 401, 404])
@in_loop
async def test_a_refusal_is_final(status: int) -> None:
    with collecting() as collector:
        collector.answers = [status]
        held = exporter(collector.url)
        held.take(SPAN)
        await held.finish()
    assert held.counts["rejected"] == 1
    assert held.problem == f"the collector answered {status}"


@in_loop
async def test_a_part_that_is_rejected_is_counted() -> None:
    with collecting() as collector:
        collector.rejects = 1
        held = exporter(collector.url)
        held.take(SPAN)
        held.take(SPAN)
        await held.finish()
    assert (held.counts["exported"], held.counts["rejected"]) == (1, 1)


@in_loop
async def test_a_collector_that_is_away_costs_spans_and_nothing_else() -> None:
    held = exporter(f"http://127.0.0.1:{free_port()}")
    held.take(SPAN)
    await held.finish(seconds=1.0)
    assert held.counts["failed"] == 1
    assert held.problem == "the collector cannot be reached: ConnectError"


@in_loop
async def test_what_was_on_its_way_at_the_end_is_tried_once_more() -> None:
    with collecting() as collector:
        collector.answers = [503]
        held = exporter(collector.url)
        held.take(SPAN)
        task = asyncio.create_task(held.run())
        await until(lambda: collector.paths)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await held.finish()
    assert held.counts == {"exported": 1, "rejected": 0, "failed": 0, "dropped": 0}
