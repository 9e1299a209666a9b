"""What comes in, frame by frame, and how much of what costs the sender nothing is taken.

A frame is looked at before the library parses it, so that a flood ends at the frame that is too many, not at the end
of what was read.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
LARGEST = 16_384
"""Bytes of a frame's payload (SETTINGS_MAX_FRAME_SIZE)."""
_HEAD = 9
_END_STREAM, _END_HEADERS, _PADDED = 0x1, 0x4, 0x8


class Kind(IntEnum):
    DATA = 0
    HEADERS = 1
    PRIORITY = 2
    RST_STREAM = 3
    SETTINGS = 4
    PUSH_PROMISE = 5
    PING = 6
    GOAWAY = 7
    WINDOW_UPDATE = 8
    CONTINUATION = 9


class Error(IntEnum):
    """Codes of RFC 9113 section 7 that are sent from here."""

    NO_ERROR = 0x0
    PROTOCOL_ERROR = 0x1
    INTERNAL_ERROR = 0x2
    FRAME_SIZE_ERROR = 0x6
    REFUSED_STREAM = 0x7
    CANCEL = 0x8
    ENHANCE_YOUR_CALM = 0xB


class Broken(Exception):
    """The connection cannot go on; `reason` is a word for the metrics."""

    def __init__(self, code: Error, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


class Allowance:
    """So many at once, and so many a second (a token bucket). Times are seconds of a clock that does not go back."""

    __slots__ = ("_left", "_most", "_per_second", "_since")

    def __init__(self, most: float, per_second: float, now: float) -> None:
        self._most = self._left = most
        self._per_second = per_second
        self._since = now

    def take(self, now: float) -> bool:
        """Takes one, if there is one."""
        left = min(self._most, self._left + (now - self._since) * self._per_second)
        self._since = now
        self._left = left - 1
        return left >= 1

    def grant(self, count: float) -> None:
        """Adds some that were earned."""
        self._left = min(self._most, self._left + count)


def ends_stream(frame: bytes) -> bool:
    """Whether DATA or HEADERS are the last of their stream."""
    return bool(frame[4] & _END_STREAM)


def stream_of(frame: bytes) -> int:
    """The stream that a frame belongs to (RFC 9113 section 4.1)."""
    return int.from_bytes(frame[5:9], "big") & 0x7FFFFFFF


class Frames:
    """Splits what is read into frames. `headers` bounds the bytes of one block of header fields."""

    def __init__(self, headers: int, now: float) -> None:
        self._held = bytearray()
        self._preface = PREFACE
        self._headers = headers
        self._block = 0
        self._in_block = False
        self.control = Allowance(500, 50, now)
        """PING, SETTINGS, PRIORITY, unknown kinds, and DATA that holds nothing."""
        self.windows = Allowance(2000, 200, now)
        """WINDOW_UPDATE; what we send earns more."""
        self.resets = Allowance(200, 20, now)
        """Streams that the client took back, or made us take back (CVE-2023-44487, CVE-2025-8671)."""

    @property
    def incomplete(self) -> bool:
        """Whether more has to come before what is there means something."""
        return bool(self._held) or self._in_block or bool(self._preface)

    @property
    def in_head(self) -> bool:
        """Whether it is a request's head, or the very first bytes, that are not complete."""
        return self._in_block or bool(self._preface)

    def split(self, data: bytes, now: float) -> Iterator[tuple[Kind | int, bytes]]:
        """Whole frames with their kinds; the preface comes first as kind -1. Raises `Broken`."""
        held = self._held
        held += data
        if self._preface:
            known = bytes(held[: len(self._preface)])
            if not self._preface.startswith(known):
                raise Broken(Error.PROTOCOL_ERROR, "http2-preface")
            if len(known) < len(self._preface):
                return
            del held[: len(self._preface)]
            self._preface = b""
            yield -1, known
        start = 0
        try:
            while len(held) - start >= _HEAD:
                length = int.from_bytes(held[start : start + 3], "big")
                if length > LARGEST:
                    raise Broken(Error.FRAME_SIZE_ERROR, "http2-frame-size")
                end = start + _HEAD + length
                kind, flags = held[start + 3], held[start + 4]
                if len(held) < end:
                    return
                self._mind(kind, flags, length, now)
                frame = bytes(held[start:end])
                start = end
                yield kind, frame
        finally:
            del held[:start]

    def _mind(self, kind: int, flags: int, length: int, now: float) -> None:
        if kind in (Kind.HEADERS, Kind.CONTINUATION):
            self._mind_block(kind, flags, length, now)
            return
        if self._in_block:
            raise Broken(Error.PROTOCOL_ERROR, "http2-frame-in-header-block")
        if kind == Kind.DATA:
            if (
                length <= (1 if flags & _PADDED else 0)
                and not flags & _END_STREAM
                and not self.control.take(now)
            ):
                raise Broken(Error.ENHANCE_YOUR_CALM, "http2-empty-frames")
        elif kind == Kind.RST_STREAM:
            if not self.resets.take(now):
                raise Broken(Error.ENHANCE_YOUR_CALM, "http2-resets")
        elif kind == Kind.WINDOW_UPDATE:
            if not self.windows.take(now):
                raise Broken(Error.ENHANCE_YOUR_CALM, "http2-window-updates")
        elif not self.control.take(now):
            raise Broken(Error.ENHANCE_YOUR_CALM, "http2-control-frames")

    def _mind_block(self, kind: int, flags: int, length: int, now: float) -> None:
        if kind == Kind.HEADERS:
            self._block = 0
        elif not self.control.take(now):
            raise Broken(Error.ENHANCE_YOUR_CALM, "http2-continuations")
        self._block += length
        self._in_block = not flags & _END_HEADERS
        if self._block > self._headers:
            raise Broken(Error.ENHANCE_YOUR_CALM, "http2-header-block")
