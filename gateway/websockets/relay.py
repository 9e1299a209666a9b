"""Bytes from a client to an upstream and back, at the pace of the slower one."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, cast

from .frames import GOING_AWAY, Frames, close

if TYPE_CHECKING:
    from gateway.http.runtime import Runtime

_ENDING = 5.0
"""Seconds that both have to answer a Close frame."""


class Relays:
    """How many there are in this process, and what they have carried."""

    def __init__(self) -> None:
        self.open = 0
        self.from_clients = 0
        self.from_upstreams = 0


class Side(asyncio.Protocol):
    """One end of a relay. `frames` follows what comes from it."""

    def __init__(self, relay: Relay, transport: asyncio.Transport) -> None:
        self._relay = relay
        self.transport = transport
        self.frames = Frames()
        self.told = False
        """It was sent a Close frame by us, and gets nothing after that."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        self._relay.pass_on(self, data)

    def eof_received(self) -> bool:
        return False

    def pause_writing(self) -> None:
        self._relay.other(self).transport.pause_reading()

    def resume_writing(self) -> None:
        other = self._relay.other(self)
        if not other.transport.is_closing():
            other.transport.resume_reading()

    def connection_lost(self, exc: Exception | None) -> None:
        self._relay.lost(self)


class Relay:
    """Both connections of one WebSocket. It takes the place of the client's connection in the runtime."""

    def __init__(self, runtime: Runtime, client: asyncio.Transport, upstream: asyncio.Transport) -> None:
        self._runtime = runtime
        settings, now = runtime.entrance.websockets, runtime.now()
        self._idle = settings.idle
        self._end = now + settings.longest
        self._ending = False
        self._over = False
        self.client = Side(self, client)
        self.upstream = Side(self, upstream)
        self.deadline = min(now + self._idle, self._end)

    def start(self, from_client: bytes, from_upstream: bytes) -> None:
        """Takes both connections over, with what has already been read from them."""
        runtime = self._runtime
        runtime.relays.open += 1
        runtime.take_in(self)
        for side in (self.client, self.upstream):
            side.transport.set_protocol(side)
        if from_upstream:
            self.pass_on(self.upstream, from_upstream)
        if from_client:
            self.pass_on(self.client, from_client)
        for side in (self.client, self.upstream):
            if not side.transport.is_closing():
                side.transport.resume_reading()
        if runtime.draining:
            self.drain()

    def other(self, side: Side) -> Side:
        return self.upstream if side is self.client else self.client

    def pass_on(self, side: Side, data: bytes) -> None:
        relays = self._runtime.relays
        if side is self.client:
            relays.from_clients += len(data)
        else:
            relays.from_upstreams += len(data)
        receiver = self.other(side)
        end = side.frames.follow(data)
        if receiver.told:
            # Both have been told that it is over; the answer to that is all that is waited for.
            if side.frames.closed:
                side.transport.close()
            return
        if not self._ending:
            self.deadline = min(self._runtime.now() + self._idle, self._end)
            receiver.transport.write(data)
            return
        receiver.transport.write(data[:end])
        if end < len(data) or side.frames.between:
            self._tell(receiver)

    def _tell(self, receiver: Side) -> None:
        """Sends the Close frame of ours, unless one has gone there already."""
        receiver.told = True
        if not self.other(receiver).frames.closed:
            receiver.transport.write(close(GOING_AWAY, masked=receiver is self.upstream))

    def drain(self) -> None:
        """Tells both ends that it is over, each as soon as no frame to it is half sent."""
        if self._ending:
            return
        self._ending = True
        self.deadline = self._runtime.now() + _ENDING
        for receiver in (self.client, self.upstream):
            if self.other(receiver).frames.between:
                self._tell(receiver)

    def lost(self, side: Side) -> None:
        """One end is gone, so the other one goes: what was written to it is still sent."""
        self.other(side).transport.close()
        if not self._over:
            self._over = True
            self._runtime.relays.open -= 1
        if side is self.client:
            self._runtime.farewell(self)

    @property
    def held(self) -> int:
        """What waits in either direction."""
        return sum(side.transport.get_write_buffer_size() for side in (self.client, self.upstream))

    def expire(self) -> None:
        """Nothing has come for too long, it has been there for too long, or an end does not go."""
        if self._ending:
            self.abort()
        else:
            self.drain()

    def abort(self) -> None:
        self.upstream.transport.abort()
        self.client.transport.abort()
