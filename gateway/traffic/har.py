"""HTTP Archives (HAR 1.2), read entry by entry, so that memory does not grow with the file."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, BinaryIO

import ijson
from ijson.common import JSONError

from gateway.malformed import Malformed
from gateway.verdicts import Header, Response

from .recorded import Known, Recorded, Unread, request_of

_UNDONE = frozenset({b"content-encoding", b"transfer-encoding", b"content-length"})
"""Fields about bytes that an archive does not keep: its bodies are decoded."""


def read_har(file: BinaryIO) -> Iterator[Recorded | Unread]:
    """Every entry. A file that breaks off or is no archive ends with an `Unread`."""
    number = 0
    try:
        for number, entry in enumerate(ijson.items(file, "log.entries.item", use_float=True), 1):
            yield _entry(f"entry {number}", entry)
    except (JSONError, UnicodeDecodeError, RecursionError):
        yield Unread(f"after entry {number}", "the archive is not JSON from here on")
        return
    if number == 0:
        yield Unread("the file", "it has no log.entries")


def _entry(where: str, entry: Any) -> Recorded | Unread:
    try:
        asked, answered = _mapping(entry, "request"), _mapping(entry, "response")
        headers = _headers(asked.get("headers"))
        known, body = _request_body(asked)
        host, request = request_of(str(asked.get("method", "")), str(asked.get("url", "")), headers, body)
        response, knows_body = _response(answered)
    except Malformed as error:
        return Unread(where, error.message)
    return Recorded(
        where,
        host,
        request,
        response,
        Known(True, known, True, knows_body),
        _time(entry.get("startedDateTime")),
    )


def _mapping(value: Any, name: str) -> Mapping[str, Any]:
    held = value.get(name) if isinstance(value, Mapping) else None
    if not isinstance(held, Mapping):
        raise Malformed(f"it has no {name}", "har")
    return held


def _headers(given: Any) -> list[Header]:
    found: list[Header] = []
    for held in given if isinstance(given, list) else ():
        if isinstance(held, Mapping) and isinstance(held.get("name"), str):
            name = held["name"].lower().encode("utf-8", "replace")
            if not name.startswith(b":") and name not in _UNDONE:
                found.append((name, str(held.get("value", "")).encode("utf-8", "replace")))
    return found


def _request_body(asked: Mapping[str, Any]) -> tuple[bool, bytes]:
    """Whether the body is known, and the body."""
    data, size = asked.get("postData"), asked.get("bodySize", -1)
    if isinstance(data, Mapping):
        text = data.get("text")
        if isinstance(text, str) and text:
            return True, _bytes(text, data.get("encoding"))
        return False, b""
    return not (isinstance(size, int | float) and size > 0), b""


def _response(answered: Mapping[str, Any]) -> tuple[Response | None, bool]:
    """The response, None where there was none, and whether its body is known."""
    status = answered.get("status")
    if not isinstance(status, int) or not 100 <= status <= 599:
        return None, False
    content = answered.get("content")
    content = content if isinstance(content, Mapping) else {}
    text, size = content.get("text"), content.get("size", 0)
    headers = _headers(answered.get("headers"))
    if isinstance(text, str):
        return Response(status, headers, _bytes(text, content.get("encoding"))), True
    empty = "size" in content and isinstance(size, int | float) and size <= 0
    return Response(status, headers), empty


def _bytes(text: str, encoding: Any) -> bytes:
    if encoding != "base64":
        return text.encode("utf-8", "surrogatepass")
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise Malformed("a body is not base64, as it says", "har") from None


def _time(given: Any) -> float | None:
    try:
        return datetime.fromisoformat(given).timestamp() if isinstance(given, str) else None
    except ValueError:
        return None
