"""What comes of bodies and WebSockets on one connection of HTTP/2, and how much more may come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gateway.http import framing
from gateway.verdicts import Refusal

from .frames import Error

if TYPE_CHECKING:
    from h2.connection import H2Connection
    from h2.events import DataReceived

    from gateway.http.runtime import Runtime

    from .stream import Stream
    from .tunnel import Tunnel

HELD = 4
"""Bodies of the largest size that one connection may have gathered, and answers that may wait for its windows."""


class Incoming:
    """`gathered` are the bytes that are kept of all streams."""

    def __init__(self, h2: H2Connection, runtime: Runtime) -> None:
        self._h2 = h2
        self._runtime = runtime
        self.gathered = 0

    def take(self, stream: Stream | None, event: DataReceived) -> Refusal | Error | None:
        """Takes data in. What its stream is to be answered or reset with, if it has to be."""
        size, data = event.flow_controlled_length or 0, event.data or b""
        tunnel = stream.tunnel if stream is not None else None
        if stream is not None and tunnel is not None and not tunnel.reading:
            return self._keep(stream, tunnel, size, data)
        if size:
            self._h2.acknowledge_received_data(size, event.stream_id)
        if tunnel is not None:
            tunnel.received(data)
            return None
        if stream is None or stream.discarding or stream.exchange is None:
            return None
        stream.size += len(data)
        bounds = self._runtime.snapshot.bounds
        if stream.length is not None and stream.size > stream.length:
            return Error.PROTOCOL_ERROR
        if stream.size > bounds.request_body:
            return framing.too_large(bounds.request_body)
        if self.gathered + len(data) > HELD * bounds.request_body:
            return framing.OVERLOADED
        if data:
            stream.exchange.parts.append(data)
            stream.held += len(data)
            self.gathered += len(data)
        return None

    def _keep(self, stream: Stream, tunnel: Tunnel, size: int, data: bytes) -> Error | None:
        """Keeps what the upstream of a WebSocket does not take now, while the client's window for it closes.

        Only that window: other streams would wait for the upstream of this one.
        """
        if size:
            self._h2.increment_flow_control_window(size)
        stream.held += size
        self.gathered += size
        if self.gathered > HELD * self._runtime.snapshot.bounds.request_body:
            return Error.ENHANCE_YOUR_CALM
        tunnel.received(data)
        return None

    def pass_on(self, stream: Stream) -> None:
        """What was kept of a WebSocket is passed on: as much may come again."""
        held = stream.held
        self.forget(stream)
        if held and not stream.complete:
            self._h2.increment_flow_control_window(held, stream.id)

    def forget(self, stream: Stream) -> None:
        """Nothing is kept of the stream any more."""
        self.gathered -= stream.held
        stream.held = 0
