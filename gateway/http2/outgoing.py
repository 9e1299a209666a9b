"""What goes out on one connection of HTTP/2: how much may, what waits, and the writing of frames."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .machine import guarded

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Iterable

    from h2.connection import H2Connection

    from gateway.verdicts import Header

    from .frames import Allowance
    from .stream import Stream


class Outgoing:
    """`held` are the bytes of all answers that wait, `blocked` says that the client takes nothing from the socket."""

    def __init__(self, h2: H2Connection, windows: Allowance) -> None:
        """`windows` is the allowance for the client's window updates: who is sent data may answer with some."""
        self._h2 = h2
        self._windows = windows
        self.transport: asyncio.Transport | None = None
        self.blocked = False
        self.held = 0

    def head(self, id: int, fields: list[Header], *, ended: bool) -> None:
        """An answer's head, or its trailers."""
        self._h2.send_headers(id, guarded(fields), end_stream=ended)

    def go_on(self, id: int) -> None:
        """100 Continue."""
        self._h2.send_headers(id, [(b":status", b"100")])

    def data(self, id: int, data: bytes, *, ended: bool) -> None:
        """A piece of an answer, no longer than `room`."""
        self._h2.send_data(id, data, end_stream=ended)
        self._windows.grant(3)

    def room(self, id: int) -> int:
        """Bytes that an open stream may send now, in one frame."""
        if self.blocked:
            return 0
        return min(self._h2.local_flow_control_window(id), self._h2.max_outbound_frame_size)

    def push(self, streams: Iterable[Stream]) -> None:
        """Sends what waits, a frame of each stream in turn."""
        waiting = [stream for stream in streams if stream.pending]
        while waiting:
            waiting = [stream for stream in waiting if stream.push()]
        self.flush()

    def flush(self, frame: bytes = b"") -> None:
        """Writes what the library has made, and a frame that it knows nothing of."""
        data = self._h2.data_to_send() + frame
        if data and self.transport is not None:
            self.transport.write(data)
