"""How a connection of HTTP/2 ends: the client is asked for no more, what is at hand is answered, nothing else is read.

GOAWAY (RFC 9113 section 6.8) is written here, as the library takes nothing more after its own.
"""

from __future__ import annotations

from collections.abc import Callable

from .frames import Error, Kind

WARNING = 1.0
"""Seconds between the first GOAWAY, which asks for no more requests, and the second, which takes none."""
_ALL_STREAMS = 2**31 - 1


class Ending:
    """`last` is the highest stream that was taken up, `due` when the second GOAWAY is."""

    __slots__ = ("_takes", "_write", "due", "last")

    def __init__(self, write: Callable[[bytes], None]) -> None:
        """`write` sends a frame after those that the library has made."""
        self._write = write
        self._takes = _ALL_STREAMS
        self.last = 0
        self.due = float("inf")

    @property
    def near(self) -> bool:
        """Whether no further request is taken: the connection ends with what is at hand."""
        return self._takes != _ALL_STREAMS

    def takes(self, stream: int) -> bool:
        """Whether a request on this stream is still taken."""
        return stream <= self._takes

    def told(self) -> None:
        """The client has sent GOAWAY: what it asked for before is still answered."""
        self._takes = min(self._takes, self.last)

    def warn(self, now: float) -> None:
        """Asks for no more requests; those that come within a second are still taken."""
        if self.due == float("inf") and not self.near:
            self._go_away(_ALL_STREAMS, Error.NO_ERROR)
            self.due = now + WARNING

    def begin(self) -> None:
        """Takes no more requests, and says which was the last."""
        self.due = float("inf")
        self._takes = self.last
        self._go_away(self.last, Error.NO_ERROR)

    def break_off(self, code: Error) -> None:
        """Says why the connection cannot go on."""
        self._go_away(self.last, code)

    def _go_away(self, last: int, code: Error) -> None:
        payload = last.to_bytes(4, "big") + code.to_bytes(4, "big")
        self._write(b"\0\0\x08" + bytes([Kind.GOAWAY, 0]) + b"\0\0\0\0" + payload)
