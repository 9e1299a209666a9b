from __future__ import annotations

import re

from gateway.tracing.trace import Trace, new_span_id, new_trace_id

TRACE, SPAN = b"1" * 32, b"2" * 16


def test_each_request_to_an_upstream_has_an_id_of_its_own() -> None:
    trace = Trace(TRACE, SPAN, None, True, b"foo=1", ())
    given = [(b"accept", b"*/*"), (b"traceparent", b"theirs"), (b"tracestate", b"theirs")]
    headers, first = trace.sent(given, "http://one")
    trace.failed()
    _, second = trace.sent(given, "http://two")
    trace.answered(201)
    assert headers == [(b"accept", b"*/*")]
    ids = [
        re.fullmatch(rb"traceparent: 00-1{32}-([0-9a-f]{16})-01\r\ntracestate: foo=1\r\n", lines)[1]  # type: ignore[index]
        for lines in (first, second)
    ]
    assert ids == [attempt.span_id for attempt in trace.attempts]
    assert len({*ids, SPAN}) == 3
    assert [(held.upstream, held.status, held.failed) for held in trace.attempts] == [
        ("http://one", 0, True),
        ("http://two", 201, False),
    ]
    assert all(trace.started <= held.started <= held.ended for held in trace.attempts)


def test_what_is_not_sampled_is_passed_on_and_not_kept() -> None:
    trace = Trace(TRACE, SPAN, None, False, b"", ())
    headers = [(b"accept", b"*/*")]
    assert trace.sent(headers, "http://one") == (headers, b"traceparent: 00-%s-%s-00\r\n" % (TRACE, SPAN))
    trace.answered(200)
    trace.failed()
    assert trace.attempts == []


def test_ids_are_hex_and_differ() -> None:
    traces, spans = {new_trace_id() for _ in range(100)}, {new_span_id() for _ in range(100)}
    assert len(traces) == len(spans) == 100
    assert all(re.fullmatch(rb"[0-9a-f]{32}", held) for held in traces)
    assert all(re.fullmatch(rb"[0-9a-f]{16}", held) for held in spans)
