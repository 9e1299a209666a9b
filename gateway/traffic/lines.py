"""Access logs with an object of JSON on each line, whatever server wrote them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, BinaryIO

import orjson

from gateway.malformed import Malformed
from gateway.verdicts import Response

from .recorded import Known, Recorded, Unread, request_of

LONGEST = 1024 * 1024
"""Bytes of a line."""
_METHOD = ("method", "request_method", "http.request.method", "http_method", "verb", "request.method")
_URL = (
    "url", "request_uri", "uri", "path", "url.original", "url.full", "url.path", "request_url", "target",
    "request.uri", "request.url", "request_path", "httpRequest.requestUrl", ":path",
)  # fmt: skip
_QUERY = ("query", "query_string", "args", "url.query")
_HOST = ("host", "http_host", "authority", "url.domain", "request.host", "server_name", ":authority")
_STATUS = (
    "status", "status_code", "response_code", "http.response.status_code", "code", "response.status",
    "httpRequest.status",
)  # fmt: skip
_TIME = ("time", "timestamp", "@timestamp", "ts", "start_time", "time_iso8601", "date")
_LINE = ("request", "request_line", "http_request")
_NOTHING = object()


def read_lines(file: BinaryIO) -> Iterator[Recorded | Unread]:
    """Every line that is not empty. Bodies and header fields are not known from it."""
    number = 0
    while line := file.readline(LONGEST + 1):
        number += 1
        where = f"line {number}"
        if len(line) > LONGEST:
            while line and not line.endswith(b"\n"):
                line = file.readline(LONGEST)
            yield Unread(where, f"it is longer than {LONGEST:,} bytes")
        elif line.strip():
            yield _line(where, line)


def _line(where: str, line: bytes) -> Recorded | Unread:
    try:
        value = orjson.loads(line)
    except orjson.JSONDecodeError:
        return Unread(where, "it is not JSON")
    if not isinstance(value, dict):
        return Unread(where, "it is not an object")
    method, url = _text(value, _METHOD), _text(value, _URL)
    asked = _text(value, _LINE)
    if asked is not None and len(parts := asked.split(" ")) >= 2:  # `GET /orders HTTP/1.1`
        method, url = method or parts[0], url or parts[1]
    if method is None or url is None:
        return Unread(where, "it names no method and path")
    query = _text(value, _QUERY)
    if query and "?" not in url:
        url += "?" + query.removeprefix("?")
    try:
        host, request = request_of(method, url, [], b"", _text(value, _HOST) or "")
    except Malformed as error:
        return Unread(where, error.message)
    status = _status(value)
    response = Response(status) if status is not None else None
    return Recorded(where, host, request, response, Known(), _time(_first(value, _TIME)))


def _first(value: Mapping[str, Any], names: tuple[str, ...]) -> Any:
    """The first of the names that is there, as one key or as a path."""
    for name in names:
        found = value.get(name, _NOTHING)
        if found is _NOTHING and "." in name:
            found = value
            for part in name.split("."):
                found = found.get(part, _NOTHING) if isinstance(found, Mapping) else _NOTHING
        if found is not _NOTHING and not isinstance(found, Mapping):
            return found
    return None


def _text(value: Mapping[str, Any], names: tuple[str, ...]) -> str | None:
    found = _first(value, names)
    return found if isinstance(found, str) and found else None


def _status(value: Mapping[str, Any]) -> int | None:
    found = _first(value, _STATUS)
    if isinstance(found, str) and found.isdecimal():
        found = int(found)
    return found if isinstance(found, int) and 100 <= found <= 599 else None


def _time(given: Any) -> float | None:
    if isinstance(given, int | float) and not isinstance(given, bool):
        return given / 1000 if given > 1e11 else float(given)  # milliseconds since 1970 are that large
    try:
        return datetime.fromisoformat(given).timestamp() if isinstance(given, str) else None
    except ValueError:
        return None
