"""One client's connection: requests are parsed, their bodies gathered within bounds, their answers kept in order."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING, cast

import httptools

from gateway import problems
from gateway.outbox import outbox
from gateway.pipeline import admit
from gateway.verdicts import Decision, Header, Refusal, Request, fields_of
from gateway.websockets.handshake import asked, switching
from gateway.websockets.opening import Handshake, wants

from . import framing
from .administration import ADMIN, Administration
from .exchange import Exchange
from .wire import CONTINUE, last_chunk, response_head

if TYPE_CHECKING:
    from .runtime import Runtime

LINGER = 1.0
"""Seconds in which an idle connection may still begin a request when the gateway is about to end."""
_METHODS = {name.encode(): name for name in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")}
"""As texts whose hash is known."""
_TOO_MANY = 32
"""Requests that a client may send without waiting for answers; reading stops there."""


class Front(asyncio.Protocol):
    """A client's connection in HTTP/1.1, and the channel of its exchanges. The parser calls the `on_…` methods.

    `deadline` is looked at twice a second; it stands for whatever is being waited for.
    """

    def __init__(self, runtime: Runtime, address: str | None = None) -> None:
        """`address` is the caller's where a load balancer said it before."""
        self._runtime = runtime
        self._address = address
        self._transport: asyncio.Transport | None = None
        self._exchange: Exchange | None = None
        self._waiting: deque[Exchange] = deque()
        self._current: Exchange | None = None
        self._closing = False
        self._paused = False
        self._chunked = False
        self._rest = b""
        self.deadline = 0.0
        self._moment = 0.0
        """When the bytes came that are being read."""
        self._size = 0
        """Bytes since the end of the last head or request."""
        self.on_message_begin()

    # The transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        transport = cast(asyncio.Transport, transport)  # uvloop has transport classes of its own
        self._transport = transport
        self._outbox = outbox()
        self._parser = httptools.HttpRequestParser(self)
        self._origin = self._runtime.origin(transport, "1.1", self._address)
        self.deadline = self._runtime.now() + self._runtime.timeouts.head
        if not self._runtime.welcome(self):
            transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = None
        self._closing = True
        waiting, self._waiting = self._waiting, deque()
        exchange, self._exchange = self._exchange, None
        for held in (exchange, *waiting):
            if held is not None:
                held.client_gone()
        self._runtime.farewell(self)  # last, as calls may go on without it

    def data_received(self, data: bytes) -> None:
        if self._closing:
            return
        self._size += len(data)
        self._moment = self._runtime.now()
        try:
            self._feed(data)
        except httptools.HttpParserCallbackError as error:
            if error.__context__ is not None:
                raise error.__context__ from None
            raise
        except httptools.HttpParserError as error:
            self._bad(framing.refused(f"It is not HTTP/1.1: {error}."))
        if self._in_head and self._size > self._runtime.snapshot.bounds.headers:
            self._bad(framing.refused("The header fields are too large.", 431))

    def _feed(self, data: bytes) -> None:
        """Parses; a request that asks for another protocol stops the parser (RFC 9110 section 7.8)."""
        while data and not self._closing:
            try:
                self._parser.feed_data(data)
                return
            except httptools.HttpParserUpgrade as upgrade:
                data = data[upgrade.args[0] :]
            last = self._waiting[-1] if self._waiting else self._exchange
            if isinstance(last, Handshake):
                # What follows may be no HTTP any more: it is known when the handshake is over.
                self._rest = data
                self._stop_after(last)
                return
            # It was not followed, or has been refused already: HTTP/1.1 goes on.
            self._parser = httptools.HttpRequestParser(self)

    def eof_received(self) -> bool:
        """A half-closed connection still gets the answers to its complete requests, where they are to be answered; then it
        is closed. A request that is not complete never will be."""
        last = self._waiting[-1] if self._waiting else self._exchange
        if last is None or self._runtime.entrance.half_closed == "end":
            # The connection is closed at once, and its last answer may have been made in this very turn.
            self._outbox.flush()
            return False
        self._current = None
        self._stop_after(last)
        return True

    def pause_writing(self) -> None:
        if self._exchange is not None:
            self._exchange.pause()

    def resume_writing(self) -> None:
        if self._exchange is not None:
            self._exchange.resume()

    # The parser

    def on_message_begin(self) -> None:
        self._target = b""
        self._headers: list[Header] = []
        self._fields: dict[bytes, bytes] = {}
        self._in_head = True
        self._discarding = False
        self._expects = False
        if self._exchange is None:
            self.deadline = self._moment + self._runtime.timeouts.head

    def on_url(self, url: bytes) -> None:
        self._target += url
        if len(self._target) > self._runtime.snapshot.bounds.target:
            self._bad(framing.refused("The request target is too long.", 414))

    def on_header(self, name: bytes, value: bytes) -> None:
        if self._in_head:
            name, value = name.lower(), value.rstrip(b" \t")
            self._headers.append((name, value))
            self._fields[name] = value
        elif self._runtime.entrance.trailers == "refuse":
            self._bad(framing.refused("Trailer fields are not taken."))

    def on_headers_complete(self) -> None:
        if self._closing:
            return
        self._in_head = False
        runtime, parser, headers = self._runtime, self._parser, self._headers
        snapshot = runtime.snapshot
        size, self._size = self._size, 0
        if size > snapshot.bounds.headers and self._head_is_too_large():
            return
        version = parser.get_http_version()
        fields = self._fields
        if len(fields) != len(headers):
            fields = fields_of(headers)
        head = framing.check(version, self._target, headers, fields)
        if isinstance(head, Refusal):
            self._bad(head)
            return
        expect = fields.get(b"expect")
        self._expects = expect is not None and expect.lower() == b"100-continue"
        origin = self._origin
        client, scheme = origin.seen(fields) if origin.believed else (origin.address, origin.scheme)
        method = parser.get_method()
        request = Request(
            _METHODS.get(method) or method.decode("ascii"),
            head.path,
            head.query,
            headers,
            b"",
            scheme,
            fields,
            origin.address,
            origin.certificate,
            client,
        )
        if head.path.startswith(ADMIN) and runtime.administers:
            exchange: Exchange = Administration(self, runtime, request, head.host, Decision())
        elif runtime.pressed and (refusal := runtime.pressure.turn_away()) is not None:
            exchange = Exchange(self, runtime, request, head.host, Decision(refusal))
        else:
            decision = admit(snapshot, request, runtime.local_rates, runtime.clock(), runtime.evidence)
            exchange = (
                Exchange(self, runtime, request, head.host, decision)
                if b"upgrade" not in fields
                else self._upgraded(request, head.host, decision, version)
            )
        self._current = exchange
        exchange.speaks_1_1 = version == "1.1"
        exchange.keep_alive = parser.should_keep_alive() and not runtime.draining
        if head.has_body:
            self._await_body(exchange)

    def _upgraded(self, request: Request, host: bytes, decision: Decision, version: str) -> Exchange:
        """A WebSocket where it is allowed; otherwise HTTP/1.1 goes on (RFC 9110 section 7.8)."""
        if asked(request.fields) and wants(decision):
            return Handshake(self, self, self._runtime, request, host, decision, version)
        return Exchange(self, self._runtime, request, host, decision)

    def _head_is_too_large(self) -> bool:
        if (
            sum(len(name) + len(value) + 4 for name, value in self._headers)
            <= self._runtime.snapshot.bounds.headers
        ):
            return False
        self._bad(framing.refused("The header fields are too large.", 431))
        return True

    def _await_body(self, exchange: Exchange) -> None:
        if self._exchange is None:
            self.deadline = self._moment + self._runtime.timeouts.body
        self._discarding = exchange.decision.refusal is not None
        if not self._expects or not exchange.speaks_1_1 or self._exchange is not None:
            return
        if self._discarding:
            self._last(exchange)
        else:
            self.write(CONTINUE)

    def on_body(self, data: bytes) -> None:
        exchange = self._current
        if self._closing or exchange is None:
            return
        exchange.size += len(data)
        if exchange.size > self._runtime.snapshot.bounds.request_body:
            exchange.decision.refusal = exchange.decision.refusal or framing.too_large(
                self._runtime.snapshot.bounds.request_body
            )
            self._last(exchange)
        elif not self._discarding:
            exchange.parts.append(data)

    def on_message_complete(self) -> None:
        exchange, self._current = self._current, None
        self._size = 0
        if self._closing or exchange is None:
            return
        if self._exchange is None:
            self._start(exchange, self._moment)
            return
        self._waiting.append(exchange)
        if len(self._waiting) >= _TOO_MANY or not self._paused:
            self._pause()

    # Exchanges, in their order

    def _start(self, exchange: Exchange, now: float) -> None:
        self._exchange = exchange
        self.deadline = now + self._runtime.timeouts.upstream
        exchange.run()

    def _finished(self, *, close: bool) -> None:
        """The exchange at hand has been answered."""
        self._exchange = None
        if close:
            self._close()
            return
        now = self._runtime.now()
        if self._waiting:
            self._start(self._waiting.popleft(), now)
            return
        if self._closing:
            self._close()
            return
        if self._paused and self._transport is not None:
            self._paused = False
            self._transport.resume_reading()
        self.deadline = now + self._runtime.timeouts.idle
        if self._runtime.draining:
            self._close()

    def _pause(self) -> None:
        if not self._paused and self._transport is not None:
            self._paused = True
            self._transport.pause_reading()

    def _last(self, exchange: Exchange) -> None:
        """Answers a request before its body has come; what follows cannot be told apart, so this is the end."""
        exchange.keep_alive = False
        self._current = None
        self._closing = True
        if self._exchange is None:
            self._start(exchange, self._moment)
        else:
            self._waiting.append(exchange)

    def _stop_after(self, exchange: Exchange | None) -> None:
        if exchange is None:
            self._close()
            return
        exchange.keep_alive = False
        self._pause()

    def _bad(self, refusal: Refusal) -> None:
        """Answers what is no request; the connection is closed after it."""
        if self._closing:
            return
        self._closing = True
        self._runtime.count_bad(refusal.code)
        if self._exchange is not None or self._waiting:
            last = self._waiting[-1] if self._waiting else self._exchange
            if last is not None:
                last.keep_alive = False
            return
        status, headers, body = problems.answer(refusal)
        self.write(response_head(status, headers, (), length=len(body), chunked=False, close=True) + body)
        self._close()

    # The channel of its exchanges

    def answer(
        self,
        exchange: Exchange,
        status: int,
        headers: list[Header],
        extra: tuple[Header, ...],
        length: int | None,
        body: bytes,
    ) -> None:
        close = not exchange.keep_alive
        head = response_head(status, headers, extra, length=length, chunked=False, close=close)
        if self._transport is not None:
            self._outbox.write(self._transport, head + body if body else head)
        self._finished(close=close)

    def begin(
        self,
        exchange: Exchange,
        status: int,
        headers: list[Header],
        extra: tuple[Header, ...],
        length: int | None,
        bodyless: bool,
    ) -> None:
        """Without a length the body comes in chunks; HTTP/1.0 is told its end by that of the connection."""
        self._chunked = length is None and not bodyless and exchange.speaks_1_1
        if length is None and not bodyless and not self._chunked:
            exchange.keep_alive = False
        close = not exchange.keep_alive
        self.write(response_head(status, headers, extra, length=length, chunked=self._chunked, close=close))

    def data(self, data: bytes) -> None:
        # A response is being streamed: its next piece has time again.
        self.deadline = self._runtime.now() + self._runtime.timeouts.stream
        self.write(b"%x\r\n%s\r\n" % (len(data), data) if self._chunked else data)

    def end(self, exchange: Exchange, trailers: list[Header]) -> None:
        if self._chunked:
            self.write(last_chunk(trailers) if trailers else b"0\r\n\r\n")
        self._finished(close=not exchange.keep_alive)

    def forwarded(self, request: Request, host: bytes) -> bytes:
        return self._origin.lines(host, request.fields)

    def give_away(
        self, headers: list[Header], extra: tuple[Header, ...], key: bytes
    ) -> tuple[asyncio.Transport | None, bytes]:
        self.write(switching(headers, extra, key))
        self._outbox.flush()
        transport, self._transport = self._transport, None
        self._closing = True
        self._exchange = None
        self._runtime.farewell(self)
        return transport, self._rest

    def write(self, data: bytes) -> None:
        if self._transport is not None:
            self._outbox.write(self._transport, data)

    def allow(self, exchange: Exchange, seconds: float) -> None:
        # The sweep comes twice a second: late enough is a second later.
        self.deadline = self._runtime.now() + seconds + 1.0

    def abort(self) -> None:
        """Cuts the connection, so that an unfinished response cannot be taken for a whole one."""
        self._closing = True
        if self._transport is not None:
            self._transport.abort()

    def _close(self) -> None:
        self._closing = True
        if self._transport is not None:
            self._outbox.close(self._transport)

    # The sweep

    @property
    def held(self) -> int:
        """Bytes of bodies that are gathered or kept, and of answers that wait for the client."""
        waiting = self._transport.get_write_buffer_size() if self._transport is not None else 0
        exchanges = (self._exchange, self._current, *self._waiting)
        return waiting + sum(exchange.held for exchange in exchanges if exchange is not None)

    def expire(self) -> None:
        """What was waited for has not come in time."""
        transport = self._transport
        if transport is None:
            return
        if self._exchange is not None:
            self._exchange.expire()
        elif self._closing or transport.get_write_buffer_size():
            transport.abort()
        elif self._current is not None or (self._in_head and self._target):
            self._bad(Refusal(408, "request-timeout", "The request did not come in time"))
        else:
            self._close()

    def drain(self) -> None:
        """Closes the connection when it has nothing left to answer; a request that is on its way is still taken."""
        if self._exchange is not None:
            self._exchange.keep_alive = False
        elif self._current is None:
            self.deadline = min(self.deadline, self._runtime.now() + LINGER)
