"""The two halves of an opening handshake, held against RFC 6455 section 4."""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
import re
from collections.abc import Iterator, Mapping

from gateway.http.wire import end_to_end
from gateway.snapshot.operation import Operation
from gateway.verdicts import Header, Refusal, Request

VERSION = b"13"
_GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
_TOKEN = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_COMMA = re.compile(rb"\s*,\s*")
_KEY = b"sec-websocket-key"
_OURS = frozenset({b"content-length", b"sec-websocket-accept"})


def asked(fields: Mapping[bytes, bytes]) -> bool:
    """Whether a request wants to become a WebSocket."""
    return b"websocket" in _words(fields.get(b"upgrade", b"")) and b"upgrade" in _words(
        fields.get(b"connection", b"")
    )


def allowed(operation: Operation) -> bool:
    """Whether the operation declares the response 101, or the contract's rules say so."""
    rule = operation.contract.rules.websockets
    return rule == "allow" or (rule == "declared" and "101" in operation.answers)


def check_request(request: Request, version: str) -> Refusal | None:
    """What is wrong with the client's half (section 4.2.1)."""
    fields = request.fields
    if request.method != "GET" or version != "1.1":
        return _refused("A WebSocket begins with GET in HTTP/1.1.")
    if fields.get(b"sec-websocket-version") != VERSION:
        return Refusal(
            400, "websocket-version", "Another version of WebSocket is needed", "Version 13 is spoken here.",
            headers=((b"sec-websocket-version", VERSION),),
        )  # fmt: skip
    try:
        key = base64.b64decode(fields.get(b"sec-websocket-key", b""), validate=True)
    except binascii.Error:
        key = b""
    if len(key) != 16:
        return _refused("Sec-WebSocket-Key is not the base64 of 16 bytes.")
    if fields.get(b"content-length", b"").strip(b"0") or b"transfer-encoding" in fields:
        return _refused("A WebSocket begins without a body.")
    return None


def check_answer(asked: Mapping[bytes, bytes], answered: Mapping[bytes, bytes]) -> str:
    """What is wrong with an upstream's 101 (section 4.1), empty where nothing is."""
    if b"websocket" not in _words(answered.get(b"upgrade", b"")):
        return "its 101 is not about WebSocket"
    if b"upgrade" not in _words(answered.get(b"connection", b"")):
        return "its 101 does not say Connection: Upgrade"
    if answered.get(b"sec-websocket-accept", b"").strip() != accept(asked.get(b"sec-websocket-key", b"")):
        return "its Sec-WebSocket-Accept does not fit the key"
    protocol = answered.get(b"sec-websocket-protocol")
    if protocol is not None and protocol.strip() not in _COMMA.split(
        asked.get(b"sec-websocket-protocol", b"").strip()
    ):
        return "it chose a subprotocol that was not offered"
    offered = _extensions(asked.get(b"sec-websocket-extensions", b""))
    if not _extensions(answered.get(b"sec-websocket-extensions", b"")) <= offered:
        return "it chose an extension that was not offered"
    return ""


def accept(key: bytes) -> bytes:
    """Sec-WebSocket-Accept for a key."""
    return base64.b64encode(hashlib.sha1(key.strip() + _GUID, usedforsecurity=False).digest())


def switching(headers: list[Header], extra: tuple[Header, ...], key: bytes) -> bytes:
    """The head of the 101 that the client gets."""
    lines = [b"HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: Upgrade\r\n"]
    lines += [b"%s: %s\r\n" % held for held in passed_on(headers, extra)]
    lines.append(b"sec-websocket-accept: %s\r\n\r\n" % accept(key))
    return b"".join(lines)


def passed_on(headers: list[Header], extra: tuple[Header, ...]) -> Iterator[Header]:
    """What of the upstream's 101 the client is told, whatever protocol it speaks."""
    return (held for held in (*end_to_end(headers), *extra) if held[0] not in _OURS)


def give_key(request: Request) -> None:
    """Gives a request over HTTP/2 a key, as there is none (RFC 8441 section 5.1) and upstreams ask for one."""
    key = base64.b64encode(os.urandom(16))
    request.headers[:] = [held for held in request.headers if held[0] != _KEY]
    request.headers.append((_KEY, key))
    request.fields[_KEY] = key


def _refused(detail: str) -> Refusal:
    return Refusal(400, "websocket-handshake", "The handshake is not well formed", detail)


def _words(value: bytes) -> list[bytes]:
    return [word.strip().lower() for word in value.split(b",")]


def _extensions(value: bytes) -> set[bytes]:
    """Names of extensions, without their parameters."""
    return {match[0] for part in value.split(b",") if (match := _TOKEN.match(part.strip())) is not None}
