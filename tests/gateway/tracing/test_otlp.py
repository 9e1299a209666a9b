"""What is written is read by OpenTelemetry's own definitions."""

from __future__ import annotations

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTraceServiceRequest,
    ExportTraceServiceResponse,
)

from gateway.tracing import otlp

from .collector import attributes

TRACE, SPAN, PARENT = b"0af7651916cd43dd8448eb211c80319c", b"b7ad6b7169203331", b"00f067aa0ba902b7"
VALUES: dict[str, otlp.Value] = {
    "text": "Grüße " + "x" * 300, "number": 503, "large": 2**62, "negative": -1, "yes": True, "no": False,
    "several": ("a", "b" * 200), "none": (), "empty": "",
}  # fmt: skip


def test_a_request_is_read_as_it_was_meant() -> None:
    span = otlp.span(
        TRACE, SPAN, PARENT, b"foo=1", "GET /orders", otlp.SERVER, 1_700_000_000_000_000_001,
        1_700_000_000_500_000_002, otlp.attributes(VALUES), failed=True, remote=True,
    )  # fmt: skip
    root = otlp.span(TRACE, PARENT, None, b"", "GET", otlp.CLIENT, 1, 2, b"")
    sent = otlp.request(otlp.attributes({"service.name": "g"}, 1), otlp.scope("lading", "1.0"), [span, root])
    read = ExportTraceServiceRequest.FromString(sent)
    (resource,) = read.resource_spans
    assert attributes(resource.resource) == {"service.name": "g"}
    (scope,) = resource.scope_spans
    assert (scope.scope.name, scope.scope.version) == ("lading", "1.0")
    first, second = scope.spans
    assert first.trace_id.hex().encode() == TRACE
    assert first.span_id.hex().encode() == SPAN
    assert first.parent_span_id.hex().encode() == PARENT
    assert (first.trace_state, first.name, first.kind) == ("foo=1", "GET /orders", 2)
    assert (first.start_time_unix_nano, first.end_time_unix_nano) == (
        1_700_000_000_000_000_001,
        1_700_000_000_500_000_002,
    )
    assert attributes(first) == {**VALUES, "several": ["a", "b" * 200], "none": []}
    assert (first.status.code, first.flags) == (2, 0x301)
    assert (second.parent_span_id, second.status.code, second.flags, second.kind) == (b"", 0, 0x101, 3)
    assert read.SerializeToString() and not read.DiscardUnknownFields()


@pytest.mark.parametrize("number", [0, 1, 200, 2**40])
def test_rejected_spans_are_read(number: int) -> None:
    answer = ExportTraceServiceResponse()
    answer.partial_success.error_message = "x" * 300
    answer.partial_success.rejected_spans = number
    assert otlp.rejected(answer.SerializeToString()) == number


@pytest.mark.parametrize("body", [b"", b"{}", b"\xff" * 20, b"\x0a\x05\x08", b"not protobuf at all"])
def test_other_answers_reject_nothing(body: bytes) -> None:
    assert otlp.rejected(body) == 0
