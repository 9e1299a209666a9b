"""A collector that takes spans over HTTP and decodes them by OpenTelemetry's own definitions."""

from __future__ import annotations

import contextlib
import gzip
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTraceServiceRequest,
    ExportTraceServiceResponse,
)
from opentelemetry.proto.trace.v1.trace_pb2 import Span


@dataclass
class Collector:
    """`answers` are statuses for the next requests, 200 beyond; `rejects` is told as partial success."""

    port: int = 0
    answers: list[int] = field(default_factory=list)
    rejects: int = 0
    requests: list[ExportTraceServiceRequest] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def spans(self) -> list[Span]:
        return [
            span
            for request in self.requests
            for resource in request.resource_spans
            for scope in resource.scope_spans
            for span in scope.spans
        ]


def attributes(held: Any) -> dict[str, Any]:
    """The attributes of a span or resource as plain values."""
    return {one.key: _plain(one.value) for one in held.attributes}


def _plain(value: Any) -> Any:
    kind = value.WhichOneof("value")
    if kind == "array_value":
        return [_plain(one) for one in value.array_value.values]
    return getattr(value, kind)


@contextlib.contextmanager
def collecting() -> Iterator[Collector]:
    held = Collector()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            status = held.answers.pop(0) if held.answers else 200
            held.paths.append(self.path)
            held.headers.append({name.lower(): value for name, value in self.headers.items()})
            if status == 200:
                held.raw.append(gzip.decompress(body))
                held.requests.append(ExportTraceServiceRequest.FromString(held.raw[-1]))
            told = ExportTraceServiceResponse()
            if held.rejects:
                told.partial_success.rejected_spans = held.rejects
                told.partial_success.error_message = "too old"
            answer = told.SerializeToString()
            self.send_response(status)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    held.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield held
    finally:
        server.shutdown()
        server.server_close()
