"""Content codings, undone within bounds (RFC 9110 section 8.4.1)."""

from __future__ import annotations

import zlib

from gateway.malformed import Malformed

ACCEPTED = b"gzip, deflate"
"""What can be undone; sent as Accept-Encoding."""
_KNOWN = frozenset({"gzip", "x-gzip", "deflate", "identity"})
_LAYERS = 2


class TooLarge(Exception):
    """What is inside is larger than the bound."""


class UnknownCoding(Exception):
    """A content coding that cannot be undone here."""


def decoded(body: bytes, codings: str, limit: int) -> bytes:
    """The body without its codings, the last one undone first.

    Raises `UnknownCoding`, `TooLarge` beyond `limit` bytes, and `Malformed` for broken data.
    """
    names = [name.strip().lower() for name in codings.split(",") if name.strip()]
    for name in names:
        if name not in _KNOWN:
            raise UnknownCoding(name)
    if len(names) > _LAYERS:
        raise Malformed("it is encoded more than twice", "content-coding")
    for name in reversed(names):
        if name != "identity":
            body = _inflate(body, name, limit)
    return body


def _inflate(body: bytes, name: str, limit: int) -> bytes:
    if name == "deflate":
        try:
            return _run(body, zlib.MAX_WBITS, limit)
        except Malformed:
            return _run(body, -zlib.MAX_WBITS, limit)  # many senders leave the zlib wrapper out
    return _run(body, 16 + zlib.MAX_WBITS, limit)


def _run(body: bytes, window: int, limit: int) -> bytes:
    engine = zlib.decompressobj(window)
    try:
        result = engine.decompress(body, limit + 1)
    except zlib.error:
        raise Malformed("its content coding is broken", "content-coding") from None
    if len(result) > limit:
        raise TooLarge
    if not engine.eof:
        raise Malformed("its content coding ends too early", "content-coding")
    if engine.unused_data:
        raise Malformed("something follows the encoded content", "content-coding")
    return result
