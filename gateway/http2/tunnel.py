"""A WebSocket in a stream of HTTP/2 (RFC 8441): to its relay a transport like that of a connection of its own.

END_STREAM stands for the end of one side, RST_STREAM with CANCEL for a connection that is cut (section 5).
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from .stream import Stream

_HIGH, _LOW = 65_536, 16_384
"""Bytes that wait for the client's windows when its relay is to pause, and to go on; those that a socket has."""


class Tunnel(asyncio.Transport):
    """The client's end. It begins paused: what comes before somebody reads is kept, within the stream's window."""

    def __init__(self, stream: Stream) -> None:
        super().__init__()
        self._stream = stream
        self._protocol: asyncio.Protocol | None = None
        self._kept: list[bytes] = []
        self._ended = False
        self._closing = False
        self._lost = False
        self._full = False
        self.reading = False
        """Whether what comes is passed on at once."""

    # What the stream says

    def received(self, data: bytes) -> None:
        if self.reading and self._protocol is not None:
            self._protocol.data_received(data)
        else:
            self._kept.append(data)

    def ended(self) -> None:
        """The client sends nothing more."""
        self._ended = True
        if self.reading:
            self._end()

    def sent(self) -> None:
        """Some of what waited has gone."""
        if self._full and self._stream.pending <= _LOW and self._protocol is not None:
            self._full = False
            self._protocol.resume_writing()

    def lost(self) -> None:
        """The stream is no more."""
        self._closing = True
        if not self._lost and self._protocol is not None:
            self._lost = True
            asyncio.get_running_loop().call_soon(self._protocol.connection_lost, None)

    def _end(self) -> None:
        if self._protocol is not None and not self._protocol.eof_received():
            self.close()

    # What its relay asks for

    def set_protocol(self, protocol: asyncio.BaseProtocol) -> None:
        self._protocol = cast(asyncio.Protocol, protocol)

    def get_protocol(self) -> asyncio.BaseProtocol:
        assert self._protocol is not None
        return self._protocol

    def is_closing(self) -> bool:
        return self._closing

    def is_reading(self) -> bool:
        return self.reading

    def pause_reading(self) -> None:
        self.reading = False

    def resume_reading(self) -> None:
        if self.reading or self._closing:
            return
        self.reading = True
        kept, self._kept = b"".join(self._kept), []
        self._stream.consumed()
        if kept:
            self.received(kept)
        if self._ended and self.reading:
            self._end()

    def write(self, data: bytes | bytearray | memoryview) -> None:
        if self._closing or not data:
            return
        self._stream.send(bytes(data))
        if self._stream.pending > _HIGH and not self._full and self._protocol is not None:
            self._full = True
            self._protocol.pause_writing()

    def close(self) -> None:
        """What was written is still sent."""
        if not self._closing:
            self._closing = True
            self._stream.finish()

    def abort(self) -> None:
        self._closing = True
        self._stream.cut()

    def get_write_buffer_size(self) -> int:
        """None: what waits is counted by the connection."""
        return 0
