"""Heads of requests: what llhttp lets pass and two servers could still understand differently.

The gateway writes every request anew, with one Content-Length and nothing that was hop-by-hop, so that the
upstream sees exactly what was judged. What is refused here is what must not be guessed at.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from gateway.verdicts import Header, Refusal

HOP_BY_HOP = frozenset({
    b"connection", b"keep-alive", b"proxy-connection", b"te", b"trailer", b"transfer-encoding", b"upgrade",
    b"proxy-authenticate", b"proxy-authorization", b"http2-settings",
})  # fmt: skip
"""Fields that speak of one connection only (RFC 9110 section 7.6.1, RFC 9113 section 8.2.2)."""
USUAL = frozenset({b"keep-alive", b"close"})
"""What Connection says nearly always."""
NONE: frozenset[bytes] = frozenset()
_END_TO_END = frozenset({b"host", b"content-type", b"content-encoding", b"content-length", b"authorization"})
"""Fields that Connection cannot make anyone drop: they decide what a message means."""
_AUTHORITY = re.compile(rb"(?:[A-Za-z0-9._~!$&'()*+,;=%-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?")
_ABSOLUTE = re.compile(rb"https?://([^/?#]*)(/[^?#]*)?(?:\?([^#]*))?", re.IGNORECASE)
_HASH = ord("#")
_DIGITS = 18
"""Of the largest Content-Length."""
_SINGLE = frozenset(
    {b"host", b"content-length", b"transfer-encoding", b"content-type", b"authorization", b"x-api-key"}
)
"""Fields that mean something only once; given twice, readers pick different ones."""


@dataclass(slots=True)  # not frozen: one is made for every request
class Head:
    """A request's head that is fit to be judged. `has_body` says whether its framing announces one."""

    path: bytes
    query: bytes
    host: bytes
    has_body: bool


def refused(detail: str, status: int = 400) -> Refusal:
    """The refusal of a request whose head does not hold together."""
    return Refusal(status, "bad-request", "The request is not well formed", detail)


def too_large(most: int) -> Refusal:
    """The refusal of a body that is beyond the bound."""
    return Refusal(413, "too-large", "The body is too large", f"At most {most:,} bytes are taken.")


OVERLOADED = Refusal(
    503, "overloaded", "Too much is on its way on this connection", headers=((b"retry-after", b"1"),)
)


def check(version: str, target: bytes, headers: list[Header], fields: dict[bytes, bytes]) -> Head | Refusal:
    """Holds a head together (RFC 9112 sections 3.2 and 6).

    Names of fields are in lower case and are tokens (llhttp sees to that); `fields` are the headers by name. Those
    that the Connection field names are taken out of both: what is not passed on must not be judged either.
    """
    if version == "0.9":
        # Without a version what looks like one is part of the target, and other readers see two.
        return refused("The request line has no version.", 505)
    if len(fields) != len(headers):
        seen = set()
        for name, _ in headers:
            if name in _SINGLE and name in seen:
                return refused(f"There are two {name.decode()} fields.")
            seen.add(name)
    length = fields.get(b"content-length")
    if length is not None and not (length.isdigit() and len(length) <= _DIGITS):
        return refused("Content-Length is not a number.")
    has_body = length is not None and length.strip(b"0") != b""
    if b"transfer-encoding" in fields:
        if (refusal := _wrong_coding(version, length, fields[b"transfer-encoding"])) is not None:
            return refusal
        has_body = True
    connection = fields.get(b"connection")
    if connection is not None and connection.lower() not in USUAL:
        _drop(named_by(headers) - HOP_BY_HOP, headers, fields)
    host = fields.get(b"host")
    if host is None:
        if version != "1.0":
            return refused("There is no Host field.")
        host = b""
    elif host and not _is_authority(host):
        return refused("The Host field is not an authority.")
    if target[:1] == b"/" and _HASH not in target:
        path, _, query = target.partition(b"?")
        return Head(path, query, host, has_body)
    return _absolute(target, host, has_body)


def named_by(headers: list[Header]) -> frozenset[bytes]:
    """The fields that Connection says belong to this connection only (RFC 9110 section 7.6.1)."""
    found = NONE
    for name, value in headers:
        if name == b"connection":
            found |= {part.strip().lower() for part in value.split(b",")}
    return found - _END_TO_END


def _drop(names: frozenset[bytes], headers: list[Header], fields: dict[bytes, bytes]) -> None:
    if not names.isdisjoint(fields):
        headers[:] = [held for held in headers if held[0] not in names]
        for name in names:
            fields.pop(name, None)


@lru_cache(maxsize=64)  # callers mostly say the same, and one value is at most a head
def _is_authority(text: bytes) -> bool:
    return _AUTHORITY.fullmatch(text) is not None


def _wrong_coding(version: str, length: bytes | None, coding: bytes) -> Refusal | None:
    if length is not None:
        return refused("There are both Content-Length and Transfer-Encoding.")
    if version != "1.1":
        return refused("Transfer-Encoding needs HTTP/1.1.")
    if coding.lower() != b"chunked":
        return refused("The only transfer coding that is known here is chunked.", 501)
    return None


def _absolute(target: bytes, host: bytes, has_body: bool) -> Head | Refusal:
    absolute = _ABSOLUTE.fullmatch(target)
    if absolute is None or not _is_authority(absolute[1]):
        return refused("The request target is neither a path nor a URL.")
    if host and absolute[1].lower() != host.lower():
        return refused("The request target and the Host field name different authorities.")
    return Head(absolute[2] or b"/", absolute[3] or b"", absolute[1], has_body)
