import io
from typing import Any

import pytest

from gateway.traffic.lines import LONGEST, read_lines
from gateway.traffic.recorded import Recorded, Unread

from .world import log


@pytest.mark.parametrize(
    "line",
    [
        {"method": "GET", "path": "/a", "query": "b=1", "host": "x.example", "status": 200, "time": "2026-11-02T09:00:00Z"},
        {"request": "GET /a?b=1 HTTP/1.1", "http_host": "x.example", "status": "200", "ts": 1793610000.0},
        {"http": {"request": {"method": "GET"}, "response": {"status_code": 200}}, "url": {"original": "https://x.example/a?b=1"}, "@timestamp": "2026-11-02T09:00:00+00:00"},
        {"request": {"method": "GET", "uri": "/a?b=1", "host": "x.example"}, "status": 200, "ts": 1793610000000},
        {"request_method": "GET", "request_uri": "/a", "args": "?b=1", "authority": "x.example", "response_code": 200, "time": 1793610000},
        {"http.request.method": "GET", "url.path": "/a", "url.query": "b=1", "url.domain": "x.example", "http.response.status_code": 200, "timestamp": 1793610000},
    ],
    ids=["plain", "nginx", "ecs", "caddy", "envoy", "ecs flat"],
)  # fmt: skip
def test_lines_of_many_servers_are_read(line: dict[str, Any]) -> None:
    (found,) = read_lines(log(line))
    assert isinstance(found, Recorded), found
    request = found.request
    assert (request.method, request.path, request.query, found.host) == ("GET", b"/a", b"b=1", "x.example")
    assert found.response is not None
    assert found.response.status == 200
    assert found.at == 1793610000.0
    assert not found.knows.headers


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"started", "it is not JSON"),
        (b"[1]", "it is not an object"),
        (b'{"message": "started"}', "it names no method and path"),
        (b'{"method": "GET", "path": "a"}', "the address is neither a URL nor a path"),
        (b'"' + b"x" * LONGEST + b'"', f"it is longer than {LONGEST:,} bytes"),
    ],
)
def test_what_is_no_call_is_told(line: bytes, reason: str) -> None:
    good = b'\n\n{"method": "GET", "path": "/a"}\n'
    first, second = read_lines(io.BytesIO(line + good))
    assert first == Unread("line 1", reason)
    assert isinstance(second, Recorded)
    assert second.where == "line 3"
    assert second.response is None
