"""Heads as bytes: of requests to upstreams, and of responses to clients."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from http import HTTPStatus
from itertools import product

from gateway.bodies.codings import restricted
from gateway.parameters.names import OVERRIDES
from gateway.verdicts import Header

from .framing import HOP_BY_HOP, NONE, USUAL, named_by


def _spellings(names: Iterable[bytes]) -> frozenset[bytes]:
    """Names with some of their dashes as underscores, which CGI and its descendants take for the same."""
    return frozenset(
        b"".join(spelling)
        for name in names
        for spelling in product(
            *((b"-", b"_") if part == b"-" else (part,) for part in re.split(b"(-)", name))
        )
    )


NOT_IN_TRAILERS = HOP_BY_HOP | {
    b"content-length", b"content-encoding", b"content-type", b"content-range", b"host", b"authorization",
    b"set-cookie", b"cache-control", b"expires", b"age", b"vary", b"location", b"www-authenticate", b"retry-after",
    b"expect", b"max-forwards", b"pragma", b"range", b"date",
}  # fmt: skip
"""What has to be known before a body and must not come after it (RFC 9110 section 6.5.1)."""
_OURS = _spellings(HOP_BY_HOP | OVERRIDES | {
    b"host", b"content-length", b"expect", b"x-forwarded-for", b"x-forwarded-proto", b"x-forwarded-host",
    b"forwarded", b"x-real-ip", b"lading-consumer", b"via",
    b"client-cert", b"client-cert-chain", b"x-forwarded-client-cert",
})  # fmt: skip
FORGED = frozenset(name for name in _OURS if b"_" in name) | OVERRIDES
"""What no proxy sets, and upstreams may take for what one says."""
_NOT_FROM_UPSTREAM = HOP_BY_HOP | {b"content-length"}
_REASONS = {status.value: status.phrase.encode() for status in HTTPStatus}
_STATUS_LINES = {code: b"HTTP/1.1 %d %s" % (code, reason) for code, reason in _REASONS.items()}
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
_field, _lines = b": ".join, b"\r\n".join
_END = (b"", b"")
"""What makes the blank line after the last field."""
_KEY = b"lk_"
_CREDENTIALS = frozenset({b"x-api-key", b"authorization"})
_MINDED = _OURS | _CREDENTIALS | {b"accept-encoding"}
"""Fields of a request that are not simply passed on."""


def request_head(
    method: bytes,
    target: bytes,
    authority: bytes,
    forwarded: bytes,
    headers: list[Header],
    *,
    length: int | None,
    consumer: bytes | None,
    restrict_coding: bool,
    declared: frozenset[bytes] = NONE,
    trailers: bool = False,
) -> bytes:
    """The head of a request to an upstream.

    Left out are hop-by-hop fields, what callers could forge about where they come from or which call it is, and
    the gateway's own keys. `forwarded` are ready lines that say where the call comes from. With
    `restrict_coding` the client's Accept-Encoding is passed on without the content codings that cannot be undone
    here; a client that sends none gets what the upstream holds to be usual. `declared` are those of `OVERRIDES`
    that the operation has as parameters; `trailers` says that trailer fields of the response are welcome.
    """
    begin = b"%s %s HTTP/1.1\r\nhost: %s\r\n%s" % (method, target, authority, forwarded)
    lines: list[bytes] = []
    for held in headers:
        name = held[0]
        if name in _MINDED:
            if name in _CREDENTIALS:
                if _is_ours(held[1]):
                    continue
            elif name == b"accept-encoding":
                if restrict_coding:
                    held = name, restricted(held[1])
            elif name not in declared:
                continue
        lines.append(_field(held))
    if trailers:
        lines.append(b"te: trailers\r\nconnection: te")
    if consumer is not None:
        lines.append(b"lading-consumer: " + consumer)
    if length is not None:
        lines.append(b"content-length: %d" % length)
    lines += _END
    return begin + _lines(lines)


def _is_ours(value: bytes) -> bool:
    return value.startswith(_KEY) or (value[:7].lower() == b"bearer " and value[7:].strip().startswith(_KEY))


def end_to_end(headers: list[Header]) -> Iterator[Header]:
    """The fields of a response that go further than one connection; Content-Length is not among them."""
    skip = _NOT_FROM_UPSTREAM
    if any(name == b"connection" for name, _ in headers):
        skip |= named_by(headers)
    return (held for held in headers if held[0] not in skip)


def response_head(
    status: int,
    headers: list[Header],
    extra: tuple[Header, ...],
    *,
    length: int | None,
    chunked: bool,
    close: bool,
) -> bytes:
    """The head of a response to a client, without what was hop-by-hop.

    `length` becomes Content-Length; without it and without `chunked` the end of the connection ends the body,
    or there is none.
    """
    lines = [_STATUS_LINES.get(status) or b"HTTP/1.1 %d " % status]
    named = NONE
    for held in headers:
        if held[0] not in _NOT_FROM_UPSTREAM:
            lines.append(_field(held))
        elif held[0] == b"connection" and held[1].lower() not in USUAL:
            named = named_by(headers)
    if named:
        lines[1:] = [line for line in lines[1:] if line.partition(b":")[0] not in named]
    for held in extra:
        lines.append(_field(held))  # noqa: PERF401 - they are two: making a second list takes longer
    if length is not None:
        lines.append(b"content-length: %d" % length)
    elif chunked:
        lines.append(b"transfer-encoding: chunked")
    if close:
        lines.append(b"connection: close")
    lines += _END
    return _lines(lines)


def last_chunk(trailers: list[Header]) -> bytes:
    """The end of a chunked body, with trailer fields (RFC 9112 section 7.1.2)."""
    return b"0\r\n%s\r\n" % b"".join(b"%s: %s\r\n" % field for field in trailers)
