"""A request's head in HTTP/2, held together as RFC 9113 section 8 asks; what it says is then the same as in HTTP/1.1."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gateway.http import framing
from gateway.verdicts import DEFAULT_BOUNDS, Bounds, Header, Refusal, fields_of

_NAME = re.compile(rb"[!#$%&'*+.^_`|~0-9a-z-]+")
_VALUE = re.compile(rb"(?:[!-~\x80-\xff](?:[\t -~\x80-\xff]*[!-~\x80-\xff])?)?")
"""Without control characters, and without blanks around it (section 8.2.1)."""
_METHOD = re.compile(rb"[A-Z][A-Z-]{0,31}")
_PATH = re.compile(rb"/[!\"$-~]*")
_PSEUDO = frozenset({b":method", b":scheme", b":authority", b":path"})
_EXTENDED = _PSEUDO | {b":protocol"}
_CONNECTION = frozenset({
    b"connection", b"proxy-connection", b"keep-alive", b"transfer-encoding", b"upgrade", b"http2-settings",
})  # fmt: skip


@dataclass(slots=True)  # not frozen: one is made for every request
class Head:
    """`headers` are the fields as HTTP/1.1 would have them, Host among them; `length` is what Content-Length says.

    `websocket` tells an extended CONNECT (RFC 8441), which is judged as the GET that it would be in HTTP/1.1.
    """

    method: str
    path: bytes
    query: bytes
    host: bytes
    headers: list[Header]
    fields: dict[bytes, bytes]
    length: int | None
    websocket: bool = False


class Malformed(str):
    """Why a request is no request in HTTP/2: its stream is reset (section 8.1.1)."""

    __slots__ = ()


def check(
    received: list[Header], bounds: Bounds = DEFAULT_BOUNDS, *, websockets: bool = False
) -> Head | Refusal | Malformed:
    """Holds the fields of a request together. `websockets` says whether extended CONNECT was offered. Cookies that came in several pieces are one already.

    What is wrong with HTTP/2 is `Malformed`; what would be wrong in HTTP/1.1 too is refused.
    """
    if sum(len(name) + len(value) + 4 for name, value in received) > bounds.headers:
        return framing.refused("The header fields are too large.", 431)
    known = _EXTENDED if websockets else _PSEUDO
    pseudo: dict[bytes, bytes] = {}
    headers: list[Header] = []
    for name, value in received:
        if name[:1] == b":":
            if headers:
                return Malformed("A pseudo-header field comes after another field.")
            if name not in known or name in pseudo:
                return Malformed("There is a pseudo-header field that is not known, or that comes twice.")
            pseudo[name] = value
        elif name in _CONNECTION:
            return Malformed(f"{name.decode()} belongs to HTTP/1.1.")
        elif _NAME.fullmatch(name) is None:
            return Malformed("The name of a field is not a token in lower case.")
        elif name == b"te" and value.lower() != b"trailers":
            return Malformed("TE says something other than trailers.")
        else:
            headers.append((name, value))
        if _VALUE.fullmatch(value) is None:
            return Malformed("The value of a field holds what it must not.")
    head = _complete(pseudo, headers)
    if isinstance(head, Head) and len(head.path) + len(head.query) >= bounds.target:
        return framing.refused("The request target is too long.", 414)
    return head


def _complete(pseudo: dict[bytes, bytes], headers: list[Header]) -> Head | Refusal | Malformed:
    method, path = pseudo.get(b":method", b""), pseudo.get(b":path", b"")
    protocol = pseudo.get(b":protocol")
    if method == b"CONNECT":
        if protocol is None:
            return framing.refused("There are no tunnels here.")
        if protocol != b"websocket":
            return framing.refused("The only protocol that is known here is websocket.", 501)
        method = b"GET"
    elif protocol is not None:
        return Malformed("A protocol is asked for by another method than CONNECT.")
    if b":scheme" not in pseudo or not path or not method:
        return Malformed("A pseudo-header field is missing or empty.")
    if _METHOD.fullmatch(method) is None:
        return framing.refused("The method is none that is known.")
    if pseudo[b":scheme"] not in (b"http", b"https"):
        return framing.refused("The scheme is neither http nor https.")
    if _PATH.fullmatch(path) is None:
        return framing.refused("The path is none.")
    named = [value for name, value in headers if name == b"host"]
    authority = pseudo.get(b":authority", named[0] if named else b"")
    if not authority or any(host.lower() != authority.lower() for host in named):
        return framing.refused("There is no authority, or Host names another one.")
    headers = [(b"host", authority), *(held for held in headers if held[0] != b"host")]
    fields = fields_of(headers)
    head = framing.check("2", path, headers, fields)
    if isinstance(head, Refusal):
        return head
    length = fields.get(b"content-length")
    return Head(
        method.decode(),
        head.path,
        head.query,
        head.host,
        headers,
        fields,
        int(length) if length else None,
        protocol is not None,
    )


def is_trailers(received: list[Header]) -> bool:
    """Whether trailer fields are in order: there is no pseudo-header field among them (section 8.1)."""
    return all(
        _NAME.fullmatch(name) is not None and _VALUE.fullmatch(value) is not None for name, value in received
    )
