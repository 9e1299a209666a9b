"""Calls through a running gateway, and what a real collector has of them."""

from __future__ import annotations

from gateway.tracing.exporter import Exporter
from gateway.tracing.tracer import Tracer, Tracing
from gateway.verdicts import Request
from tests.gateway.world import GOOD, HEADERS, answering, in_loop, running

from .collector import attributes, collecting

TRACE, PARENT = b"0af7651916cd43dd8448eb211c80319c", b"b7ad6b7169203331"


def request(flags: bytes = b"01", trace: bytes = TRACE) -> Request:
    return Request("GET", b"/", b"", [(b"traceparent", b"00-%s-%s-%s" % (trace, PARENT, flags))])


def test_the_callers_trace_goes_on_and_its_choice_counts() -> None:
    tracer = Tracer(Tracing("http://x", ratio=0.0), [].append)
    trace = tracer.begin(request())
    assert (trace.trace_id, trace.parent_id, trace.sampled) == (TRACE, PARENT, True)
    assert trace.span_id != PARENT
    assert not tracer.begin(request(b"00")).sampled
    assert not tracer.begin(Request("GET", b"/")).sampled
    assert Tracer(Tracing("http://x"), [].append).begin(Request("GET", b"/")).sampled


def test_every_gateway_chooses_the_same_share_of_traces() -> None:
    tracing = Tracing("http://x", ratio=0.25, parents=False)
    one, other = Tracer(tracing, [].append), Tracer(tracing, [].append)
    traces = [b"%032x" % (number << 54) for number in range(1, 1024)]
    chosen = [one.begin(request(b"00", trace)).sampled for trace in traces]
    assert chosen == [other.begin(request(b"01", trace)).sampled for trace in traces]
    assert sum(chosen) == 255


@in_loop
async def test_a_call_becomes_two_spans_at_the_collector() -> None:
    with collecting() as collector:
        tracing = Tracing(collector.url, response_header="x-trace-id")
        exporter = Exporter(tracing, "g1")
        tracer = Tracer(tracing, exporter.take)
        async with running(answering(201, GOOD), observers=(tracer,), tracer=tracer) as gateway:
            given = [*HEADERS, (b"traceparent", b"00-%s-%s-01" % (TRACE, PARENT)), (b"tracestate", b"foo=1")]
            status, head, _ = await gateway.call("POST", "/erp/v1/orders", GOOD, given)
            assert status == 201
            assert b"\r\nx-trace-id: %s\r\n" % TRACE in head
            await gateway.call("GET", "/nowhere/at-all")
            (sent,) = gateway.seen.heads
        await exporter.finish()
    client, server, refused = collector.spans
    assert server.trace_id == client.trace_id == bytes.fromhex(TRACE.decode())
    assert server.parent_span_id == bytes.fromhex(PARENT.decode())
    assert client.parent_span_id == server.span_id
    assert sent.count(b"traceparent") == 1
    assert b"traceparent: 00-%s-%s-01\r\n" % (TRACE, client.span_id.hex().encode()) in sent
    assert b"tracestate: foo=1\r\n" in sent
    assert server.start_time_unix_nano <= client.start_time_unix_nano
    assert client.end_time_unix_nano <= server.end_time_unix_nano
    assert (server.name, client.name) == ("POST /erp/v1/orders", "POST")
    assert attributes(server)["lading.operation"] == "POST /orders"
    assert attributes(client)["http.response.status_code"] == 201
    assert refused.name == "GET"
    assert refused.trace_id != server.trace_id
    assert attributes(refused)["http.response.status_code"] == 404
    assert refused.status.code == 0


@in_loop
async def test_an_upstream_that_is_away_fails_both_spans() -> None:
    with collecting() as collector:
        tracing = Tracing(collector.url)
        exporter = Exporter(tracing, "g1")
        tracer = Tracer(tracing, exporter.take)

        async def rude(head: bytes, reader: object, writer: object) -> None:
            writer.close()  # type: ignore[attr-defined]

        async with running(rude, observers=(tracer,), tracer=tracer) as gateway:
            status, _, _ = await gateway.call("GET", "/erp/v1/orders")
        await exporter.finish()
    assert status == 502
    *clients, server = collector.spans
    assert {span.status.code for span in collector.spans} == {2}
    assert attributes(server)["error.type"] == "upstream-failed"
    assert all(attributes(span)["error.type"] == "upstream-failed" for span in clients)


@in_loop
async def test_without_sampling_calls_are_passed_on_with_their_trace() -> None:
    spans: list[bytes] = []
    tracer = Tracer(Tracing("http://x", ratio=0.0), spans.append)
    async with running(answering(200, b"[]"), observers=(tracer,), tracer=tracer) as gateway:
        await gateway.call(
            "GET", "/erp/v1/orders", headers=[(b"traceparent", b"broken"), (b"tracestate", b"a=1")]
        )
    (head,) = gateway.seen.heads
    assert b"broken" not in head
    assert b"tracestate" not in head
    assert head.count(b"traceparent: 00-") == 1
    assert spans == []
