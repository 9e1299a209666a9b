"""Where one frame ends and the next begins (RFC 6455 section 5.2); payloads are not looked at."""

from __future__ import annotations

import os

GOING_AWAY = 1001
_CLOSE = 0x8


class Frames:
    """Follows the bytes of one direction. `closed` says that a Close frame has gone by."""

    __slots__ = ("_head", "_left", "closed")

    def __init__(self) -> None:
        self._head = b""
        self._left = 0
        self.closed = False

    @property
    def between(self) -> bool:
        """Whether the bytes so far end with the end of a frame."""
        return not self._left and not self._head

    def follow(self, data: bytes) -> int:
        """Takes bytes in; how many of them there are up to the end of the first frame that ends in them, or all."""
        position, first, length = 0, -1, len(data)
        while position < length:
            if self._left:
                step = min(self._left, length - position)
                self._left -= step
                position += step
            else:
                position = self._read_head(data, position)
            if self.between and first < 0:
                first = position
        return first if first >= 0 else length

    def _read_head(self, data: bytes, position: int) -> int:
        head = self._head
        while len(head) < _length_of(head):
            taken = data[position : position + _length_of(head) - len(head)]
            if not taken:
                self._head = head
                return position
            head += taken
            position += len(taken)
        self._head = b""
        self._left = _payload(head)
        if head[0] & 0x0F == _CLOSE:
            self.closed = True
        return position


def _length_of(head: bytes) -> int:
    """Bytes of a frame's head, as far as they can be told."""
    if len(head) < 2:
        return 2
    extended = {126: 2, 127: 8}.get(head[1] & 0x7F, 0)
    return 2 + extended + (4 if head[1] & 0x80 else 0)


def _payload(head: bytes) -> int:
    short = head[1] & 0x7F
    if short < 126:
        return short
    return int.from_bytes(head[2 : 4 if short == 126 else 10], "big")


def close(code: int, *, masked: bool) -> bytes:
    """A Close frame; masked as a client sends it."""
    payload = code.to_bytes(2, "big")
    if not masked:
        return b"\x88\x02" + payload
    mask = os.urandom(4)
    return b"\x88\x82" + mask + bytes(byte ^ key for byte, key in zip(payload, mask, strict=False))
