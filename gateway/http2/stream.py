"""One call on a connection of HTTP/2: the channel of its exchange, with the flow control of its answer."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from gateway.http.administration import ADMIN, Administration
from gateway.http.exchange import Exchange
from gateway.http.wire import end_to_end
from gateway.pipeline import admit
from gateway.verdicts import Decision, Header, Request
from gateway.websockets.handshake import give_key, passed_on
from gateway.websockets.opening import NO_WEBSOCKET, Handshake, wants

from .frames import Error
from .tunnel import Tunnel

if TYPE_CHECKING:
    from gateway.http.runtime import Runtime

    from .connection import Connection
    from .head import Head


class Stream:
    """`size` is what has come of the request's body, `length` what Content-Length says of it.

    An answer's data waits here while the client's windows are closed; then the upstream is paused. `deadline` stands for
    whatever is being waited for.
    """

    __slots__ = (
        "_answered", "_connection", "_data", "_ended", "_outgoing", "_paused", "_trailers", "complete", "deadline",
        "discarding", "exchange", "held", "id", "length", "pending", "size",
        "tunnel",
    )  # fmt: skip

    def __init__(self, connection: Connection, id: int) -> None:
        self._connection = connection
        self._outgoing = connection.outgoing
        self.id = id
        self.exchange: Exchange | None = None
        self.tunnel: Tunnel | None = None
        """Where the request asks for a WebSocket, and as long as it may get one."""
        self.size = 0
        self.length: int | None = None
        self.held = 0
        """Bytes of the request's body that are kept for it."""
        self.complete = False
        """The request has come to its end."""
        self.discarding = False
        self.deadline = 0.0
        self.pending = 0
        """Bytes of the answer that wait for the client's windows."""
        self._data: deque[bytes] = deque()
        self._trailers: list[Header] = []
        self._answered = False
        self._ended = False
        self._paused = False

    def take_up(self, runtime: Runtime, head: Head) -> Decision:
        """Makes the exchange of a request, and says what is decided about it before its body is there."""
        origin = self._connection.origin
        client, scheme = origin.seen(head.fields)
        request = Request(
            head.method,
            head.path,
            head.query,
            head.headers,
            b"",
            scheme,
            head.fields,
            origin.address,
            origin.certificate,
            client,
        )
        self.length = head.length
        if runtime.administers and request.path.startswith(ADMIN) and not head.websocket:
            decision = Decision()
            self.exchange = Administration(self, runtime, request, head.host, decision)
            return decision
        if runtime.pressed and (refusal := runtime.pressure.turn_away()) is not None:
            decision = Decision(refusal)
        else:
            decision = admit(
                runtime.snapshot, request, runtime.local_rates, runtime.clock(), runtime.evidence
            )
        if not head.websocket:
            self.exchange = Exchange(self, runtime, request, head.host, decision)
            return decision
        if decision.refusal is None and not wants(decision):
            decision.refusal = NO_WEBSOCKET
        give_key(request)
        self.tunnel = Tunnel(self)
        self.exchange = Handshake(self, self, runtime, request, head.host, decision, "1.1")
        return decision

    # The channel of its exchange

    def answer(
        self,
        exchange: Exchange | None,
        status: int,
        headers: list[Header],
        extra: tuple[Header, ...],
        length: int | None,
        body: bytes,
    ) -> None:
        self.exchange = self.tunnel = None
        self._ended = True
        self._head(status, headers, extra, length, ended=not body)
        if body:
            self._take(body)
        self._outgoing.flush()

    def begin(
        self,
        exchange: Exchange,
        status: int,
        headers: list[Header],
        extra: tuple[Header, ...],
        length: int | None,
        bodyless: bool,
    ) -> None:
        self.tunnel = None
        self._head(status, headers, extra, length, ended=False)
        self._outgoing.flush()

    def data(self, data: bytes) -> None:
        if not self._paused:
            self._extend()
        self._take(data)
        if self.pending and not self._paused and self.exchange is not None:
            self._paused = True
            self.exchange.pause()
        self._outgoing.flush()

    def end(self, exchange: Exchange, trailers: list[Header]) -> None:
        self.exchange = None
        self._ended = True
        self._trailers = list(end_to_end(trailers))
        if not self._data:
            self._finish()
        self._outgoing.flush()

    def abort(self) -> None:
        self.exchange = None
        self._connection.reset(self, Error.INTERNAL_ERROR)

    def allow(self, exchange: Exchange, seconds: float) -> None:
        # The sweep comes twice a second: late enough is a second later.
        self._connection.wait_for(self, seconds + 1.0)

    def forwarded(self, request: Request, host: bytes) -> bytes:
        return self._connection.origin.lines(host, request.fields)

    # Its WebSocket

    def give_away(
        self, headers: list[Header], extra: tuple[Header, ...], key: bytes
    ) -> tuple[Tunnel | None, bytes]:
        """Answers 200, after which the stream's data are the WebSocket's (RFC 8441 section 5)."""
        self.exchange = None
        if not self._connection.has(self):
            return None, b""
        self._head(200, list(passed_on(headers, extra)), (), None, ended=False)
        self.deadline = float("inf")  # its relay minds the time
        self._outgoing.flush()
        return self.tunnel, b""

    def send(self, data: bytes) -> None:
        self._take(data)
        self._outgoing.flush()

    def finish(self) -> None:
        """Ends our side after what waits."""
        self._ended = True
        if not self._data:
            self._finish()
        self._outgoing.flush()

    def cut(self) -> None:
        self._connection.reset(self, Error.CANCEL)

    def consumed(self) -> None:
        """What was kept for the WebSocket is taken out."""
        self._connection.pass_on(self)

    # The answer

    def _head(
        self,
        status: int,
        headers: list[Header],
        extra: tuple[Header, ...],
        length: int | None,
        *,
        ended: bool,
    ) -> None:
        fields: list[Header] = [(b":status", b"%d" % status), *end_to_end(headers), *extra]
        if length is not None:
            fields.append((b"content-length", b"%d" % length))
        self._answered = True
        self._extend()
        self._connection.send_head(self, fields, ended=ended)

    def _take(self, data: bytes) -> None:
        if not self._connection.has(self):
            return  # taken back meanwhile
        self._data.append(data)
        self.pending += len(data)
        self._outgoing.held += len(data)
        while self.push():
            pass

    def push(self) -> bool:
        """Sends one frame of what waits, if the windows allow; whether it did."""
        data = self._data
        if not data or not self._connection.has(self):
            return False
        room = self._outgoing.room(self.id)
        if room <= 0:
            return False
        piece = data[0]
        if len(piece) <= room:
            data.popleft()
        else:
            data[0] = piece[room:]
            piece = piece[:room]
        self.pending -= len(piece)
        self._outgoing.held -= len(piece)
        self._extend()
        last = self._ended and not data
        self._connection.send_data(self, piece, ended=last and not self._trailers)
        if last and self._trailers:
            self._finish()
        elif self.tunnel is not None:
            self.tunnel.sent()
        elif self._paused and not data and self.exchange is not None:
            self._paused = False
            self.exchange.resume()
        return True

    def _finish(self) -> None:
        if self._trailers:
            self._connection.send_head(self, self._trailers, ended=True)
        else:
            self._connection.send_data(self, b"", ended=True)

    def _extend(self) -> None:
        """Its next piece has time again."""
        if self.tunnel is None:
            self._connection.wait_for(self, self._connection.timeouts.stream)

    # The sweep

    def expire(self) -> None:
        """What was waited for has not come in time: the body, the upstream, or the client's windows."""
        asked = self.complete or self.tunnel is not None
        if self.exchange is not None and asked and not self.pending:
            self.exchange.expire()
        elif self._answered:
            if self.exchange is not None:
                self.exchange.client_gone()
            self._connection.reset(self, Error.CANCEL)
        else:
            self._connection.late(self)
