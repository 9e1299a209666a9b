"""Content codings, undone within bounds (RFC 9110 section 8.4.1)."""

from __future__ import annotations

import sys
import zlib
from functools import lru_cache

import brotli

from gateway.malformed import Malformed

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

ACCEPTED = b"gzip, deflate, br, zstd"
"""What can be undone."""
_KNOWN = frozenset({"gzip", "x-gzip", "deflate", "br", "zstd", "identity"})
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
        if name == "br":
            body = _brotli(body, limit)
        elif name == "zstd":
            body = _zstd(body, limit)
        elif name != "identity":
            body = _inflate(body, name, limit)
    return body


@lru_cache(maxsize=1024)
def restricted(accepted: bytes) -> bytes:
    """An Accept-Encoding field (RFC 9110 section 12.5.3) without the codings that cannot be undone here."""
    kept = [
        item
        for item in (part.strip() for part in accepted.split(b","))
        if item.partition(b";")[0].strip().lower().decode("latin-1") in _KNOWN
    ]
    return b", ".join(kept) or b"identity"


def _brotli(body: bytes, limit: int) -> bytes:
    """RFC 7932."""
    engine = brotli.Decompressor()
    try:
        pieces = [engine.process(body, output_buffer_limit=limit + 1)]
        size = len(pieces[0])
        while size <= limit and not engine.is_finished() and not engine.can_accept_more_data():
            pieces.append(engine.process(b"", output_buffer_limit=limit + 1 - size))
            size += len(pieces[-1])
    except brotli.error:
        raise Malformed("its content coding is broken", "content-coding") from None
    if size > limit:
        raise TooLarge
    if not engine.is_finished():
        raise Malformed("its content coding ends too early", "content-coding")
    return b"".join(pieces)


def _zstd(body: bytes, limit: int) -> bytes:
    """RFC 8878. Windows of more than 8 MiB are refused, as RFC 9659 asks for content codings."""
    engine = zstd.ZstdDecompressor(options={zstd.DecompressionParameter.window_log_max: 23})
    try:
        result = engine.decompress(body, max_length=limit + 1)
    except zstd.ZstdError:
        raise Malformed("its content coding is broken", "content-coding") from None
    if len(result) > limit:
        raise TooLarge
    if not engine.eof:
        raise Malformed("its content coding ends too early", "content-coding")
    if engine.unused_data:
        raise Malformed("something follows the encoded content", "content-coding")
    return result


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
