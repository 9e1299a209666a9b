"""One client's connection in HTTP/2: requests become exchanges, everything that comes in is bounded."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, cast

from h2.events import (
    DataReceived,
    Event,
    RemoteSettingsChanged,
    RequestReceived,
    StreamEnded,
    StreamReset,
    TrailersReceived,
    WindowUpdated,
)
from h2.exceptions import ProtocolError

from gateway import problems
from gateway.http import framing
from gateway.verdicts import Header, Refusal

from .ending import Ending
from .frames import Broken, Error, Frames, Kind, ends_stream, stream_of
from .head import Head, check, is_trailers
from .incoming import HELD, Incoming
from .machine import WINDOW, as_sent, machine
from .outgoing import Outgoing
from .stream import Stream

if TYPE_CHECKING:
    from gateway.http.runtime import Runtime

_CLOSING = 5.0


class Connection(asyncio.Protocol):
    """The streams of one client. `deadline` is the earliest of all; it is looked at twice a second."""

    def __init__(self, runtime: Runtime, address: str | None = None) -> None:
        """`address` is the caller's where a load balancer said it before."""
        self._runtime = runtime
        self._address = address
        self._transport: asyncio.Transport | None = None
        headers = runtime.snapshot.bounds.headers
        settings = runtime.entrance.http2
        self._h2 = machine(headers, settings.streams, websockets=settings.websockets)
        self._frames = Frames(2 * headers, runtime.now())
        self._streams: dict[int, Stream] = {}
        self._incoming = Incoming(self._h2, runtime)
        self.outgoing = Outgoing(self._h2, self._frames.windows)
        self._ending = Ending(self.outgoing.flush)
        self._closing = False
        self._partial = self._idle = float("inf")
        self.timeouts = runtime.timeouts
        self.deadline = 0.0

    @property
    def held(self) -> int:
        """Bytes of bodies that are gathered or kept, and of answers that wait for the client."""
        exchanges = [stream.exchange for stream in self._streams.values() if stream.exchange is not None]
        return self._incoming.gathered + self.outgoing.held + sum(exchange.held for exchange in exchanges)

    @property
    def _over(self) -> bool:
        return self._closing

    # The transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        transport = cast(asyncio.Transport, transport)  # uvloop has transport classes of its own
        self._transport = self.outgoing.transport = transport
        self.origin = self._runtime.origin(transport, "2.0", self._address)
        self._partial = self.deadline = self._runtime.now() + self.timeouts.head
        if not self._runtime.welcome(self):
            transport.abort()
            return
        self._h2.initiate_connection()
        self._h2.increment_flow_control_window(WINDOW - 65_535)
        self.outgoing.flush()

    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = self.outgoing.transport = None
        self._closing = True
        self._end_all()
        self._runtime.farewell(self)  # last, as calls may go on without it

    def data_received(self, data: bytes) -> None:
        if self._closing:
            return
        now = self._runtime.now()
        try:
            for kind, frame in self._frames.split(data, now):
                if kind == Kind.GOAWAY:
                    self._ending.told()  # the library would end at once
                    continue
                if kind == Kind.HEADERS and not ends_stream(frame):
                    self._begun_twice(frame)
                for event in self._h2.receive_data(frame):
                    self._hear(event)
                if self._over:
                    return
        except Broken as error:
            self._break(error.code, error.reason)
            return
        except ProtocolError:
            self._break(None, "http2-protocol")
            return
        self._mind_partial(now)
        self.outgoing.flush()
        self._leave_if_done()

    def eof_received(self) -> bool:
        return False

    def pause_writing(self) -> None:
        self.outgoing.blocked = True

    def resume_writing(self) -> None:
        self.outgoing.blocked = False
        self._push()

    def _mind_partial(self, now: float) -> None:
        """What has begun and is not whole has time until its end, however slowly it trickles in."""
        if not self._frames.incomplete:
            self._partial = float("inf")
        elif self._partial == float("inf"):
            self._partial = now + (self.timeouts.head if self._frames.in_head else self.timeouts.body)
            self.deadline = min(self.deadline, self._partial)
        if not self._streams and self._idle == float("inf"):
            self._rest(now)

    # What the client says

    def _hear(self, event: Event) -> None:
        if isinstance(event, DataReceived):
            self._data(event)
        elif isinstance(event, RequestReceived):
            self._request(event.stream_id, as_sent(event.headers), event.stream_ended is not None)
        elif isinstance(event, StreamEnded):
            stream = self._streams.get(event.stream_id)
            if stream is not None:
                self._complete(stream)
        elif isinstance(event, TrailersReceived):
            self._trailers(event.stream_id, as_sent(event.headers))
        elif isinstance(event, StreamReset):
            self._gone(event.stream_id)
        elif isinstance(event, (WindowUpdated, RemoteSettingsChanged)):
            self._push()

    def _request(self, id: int, received: list[Header], ended: bool) -> None:
        runtime = self._runtime
        stream = Stream(self, id)
        most = HELD * runtime.snapshot.bounds.response_body
        if not self._ending.takes(id) or self.outgoing.held > most:
            self._h2.reset_stream(id, Error.REFUSED_STREAM)
            return
        self._streams[id] = stream
        self._ending.last = id
        self._idle = float("inf")
        stream.complete = ended
        self.wait_for(stream, self.timeouts.body)
        websockets = runtime.entrance.http2.websockets
        head = check(received, runtime.snapshot.bounds, websockets=websockets)
        if isinstance(head, Refusal):
            self._refuse(stream, head)
            return
        if not isinstance(head, Head):
            self._take_back(stream)
            return
        if head.websocket and ended:
            self._refuse(stream, framing.refused("A WebSocket does not end with its handshake."))
            return
        decision = stream.take_up(runtime, head)
        if ended:
            return
        if head.websocket or decision.refusal is not None:
            # What else comes changes nothing, so it is answered now; `_ended` takes the stream back.
            self._run(stream)
        elif head.fields.get(b"expect", b"").lower() == b"100-continue":
            self.outgoing.go_on(id)

    def _data(self, event: DataReceived) -> None:
        stream = self._streams.get(event.stream_id)
        found = self._incoming.take(stream, event)
        if stream is None or found is None:
            return
        if found == Error.PROTOCOL_ERROR:
            self._malformed(stream)
        elif isinstance(found, Error):
            self._gone(stream.id, found)
        elif stream.exchange is not None:
            stream.exchange.decision.refusal = stream.exchange.decision.refusal or found
            self._run(stream)

    def _trailers(self, id: int, received: list[Header]) -> None:
        stream = self._streams.get(id)
        if stream is not None and stream.tunnel is not None:
            self._gone(id, Error.PROTOCOL_ERROR)  # there are none after CONNECT (RFC 9113 section 8.5)
            return
        if stream is None or stream.discarding or stream.exchange is None:
            return
        if not is_trailers(received):
            self._malformed(stream)
        elif self._runtime.entrance.trailers == "refuse":
            self._refuse(stream, framing.refused("Trailer fields are not taken."))

    def _begun_twice(self, frame: bytes) -> None:
        """Takes back a stream whose second header block does not end it (RFC 9113 section 8.1).

        The library would end the connection; of a stream that is closed it reads the block and no more.
        """
        stream = self._streams.get(stream_of(frame))
        if stream is None:
            return
        if stream.tunnel is None and not stream.discarding:
            self._malformed(stream)
        else:
            self._gone(stream.id, Error.PROTOCOL_ERROR)

    def _complete(self, stream: Stream) -> None:
        stream.complete = True
        if stream.tunnel is not None:
            stream.tunnel.ended()
        if stream.exchange is None or stream.discarding:
            return
        if stream.length is not None and stream.size != stream.length:
            self._malformed(stream)
        else:
            self._run(stream)

    def _run(self, stream: Stream) -> None:
        exchange = stream.exchange
        assert exchange is not None
        stream.discarding = True
        self.wait_for(stream, self.timeouts.upstream)
        exchange.run()

    def _gone(self, id: int, code: Error | None = None) -> None:
        """The client has taken its call back, or loses it for what it does."""
        stream = self._streams.get(id)
        if stream is not None:
            self._forget(stream)
            if code is not None:
                self._h2.reset_stream(id, code)
            if stream.exchange is not None:
                stream.exchange.client_gone()

    # What streams ask for

    def send_head(self, stream: Stream, fields: list[Header], *, ended: bool) -> None:
        if stream.id not in self._streams:
            return
        self.outgoing.head(stream.id, fields, ended=ended)
        if ended:
            self._ended(stream)

    def send_data(self, stream: Stream, data: bytes, *, ended: bool) -> None:
        if stream.id not in self._streams:
            return
        self.outgoing.data(stream.id, data, ended=ended)
        if ended:
            self._ended(stream)

    def has(self, stream: Stream) -> bool:
        """Whether the stream is still open."""
        return stream.id in self._streams

    def wait_for(self, stream: Stream, seconds: float) -> None:
        """Gives the stream so many seconds from now."""
        stream.deadline = self._runtime.now() + seconds
        self.deadline = min(self.deadline, stream.deadline)

    def reset(self, stream: Stream, code: Error) -> None:
        """Takes a stream back."""
        if stream.id in self._streams:
            self._forget(stream)
            self._h2.reset_stream(stream.id, code)
            self.outgoing.flush()
            self._leave_if_done()

    def late(self, stream: Stream) -> None:
        self._refuse(stream, Refusal(408, "request-timeout", "The request did not come in time"))

    def pass_on(self, stream: Stream) -> None:
        """What was kept of a WebSocket is passed on."""
        if stream.id in self._streams:
            self._incoming.pass_on(stream)
            self.outgoing.flush()

    def _refuse(self, stream: Stream, refusal: Refusal) -> None:
        """Answers what is no request."""
        self._runtime.count_bad(refusal.code)
        stream.discarding = True
        status, headers, body = problems.answer(refusal)
        stream.answer(None, status, headers, (), len(body), body)
        if not self._frames.resets.take(self._runtime.now()):
            raise Broken(Error.ENHANCE_YOUR_CALM, "http2-resets")

    def _malformed(self, stream: Stream) -> None:
        """Takes back what is no request as a whole; it was never judged, so there is nothing to count."""
        stream.exchange = None
        self._take_back(stream)

    def _take_back(self, stream: Stream) -> None:
        """Resets the stream of what is malformed (RFC 9113 section 8.1.1)."""
        self._runtime.count_bad("http2-malformed")
        self.reset(stream, Error.PROTOCOL_ERROR)
        if not self._frames.resets.take(self._runtime.now()):
            raise Broken(Error.ENHANCE_YOUR_CALM, "http2-resets")

    def _ended(self, stream: Stream) -> None:
        """The answer is out; a request that goes on is asked to stop (RFC 9113 section 8.1)."""
        self._forget(stream)
        if not stream.complete:
            self._h2.reset_stream(stream.id, Error.NO_ERROR)

    def _forget(self, stream: Stream) -> None:
        if self._streams.pop(stream.id, None) is None:
            return
        self._incoming.forget(stream)
        self.outgoing.held -= stream.pending
        if stream.tunnel is not None:
            stream.tunnel.lost()
        if not self._streams:
            self._rest(self._runtime.now())

    def _rest(self, now: float) -> None:
        self._idle = now + self.timeouts.idle
        self.deadline = min(self.deadline, self._idle)

    def _push(self) -> None:
        self.outgoing.push(self._streams.values())
        self._leave_if_done()

    # The end

    def drain(self) -> None:
        """Asks for no more requests; those that come within a second are still taken."""
        if not self._closing:
            self._ending.warn(self._runtime.now())
            self.deadline = min(self.deadline, self._ending.due)

    def abort(self) -> None:
        self._closing = True
        if self._transport is not None:
            self._transport.abort()

    def expire(self) -> None:
        """What was waited for has not come in time."""
        if self._closing:
            self.abort()
            return
        now = self._runtime.now()
        try:
            for stream in tuple(self._streams.values()):
                if stream.deadline < now:
                    stream.expire()
        except Broken as error:
            self._break(error.code, error.reason)
            return
        if self._partial < now:
            self._break(Error.PROTOCOL_ERROR, "request-timeout")
            return
        if self._ending.due < now or (not self._streams and self._idle < now):
            self._ending.begin()
        self._leave_if_done()
        if not self._closing:
            times = [self._partial, self._idle if not self._streams else float("inf"), self._ending.due]
            self.deadline = min(times + [stream.deadline for stream in self._streams.values()])

    def _leave_if_done(self) -> None:
        """Closes a connection that takes no more requests and has answered all."""
        if self._ending.near and not self._streams and not self._closing:
            self._close()

    def _break(self, code: Error | None, reason: str) -> None:
        """Ends the connection; with no code the library has said why."""
        self._runtime.count_bad(reason)
        if code is None:
            self.outgoing.flush()
        else:
            self._ending.break_off(code)
        self._close()
        self._end_all()

    def _close(self) -> None:
        self._closing = True
        self.deadline = self._runtime.now() + _CLOSING
        if self._transport is not None:
            self._transport.close()

    def _end_all(self) -> None:
        streams, self._streams = self._streams, {}
        for stream in streams.values():
            if stream.exchange is not None:
                stream.exchange.client_gone()
            if stream.tunnel is not None:
                stream.tunnel.lost()
