"""One connection to an upstream: one call at a time, its response handed on as it comes.

The receiver of the response may pause it.
"""

from __future__ import annotations

import asyncio
from typing import Protocol, cast

import httptools

from gateway.outbox import outbox
from gateway.verdicts import Header

from .receiving import BROKEN, UNANSWERED, Failure, Receiver

MAX_HEAD = 64 * 1024
"""Bytes of a response's header fields, those of interim responses before it among them."""
_TOO_LARGE = "the upstream's header fields are too large"
_DRAINED = 16 * 1024
"""Bytes of an unwanted body that are read to keep the connection; beyond it the connection is closed."""


class Keeper(Protocol):
    """Who has the connection: told when it is free, gone, or was lost without an answer."""

    def release(self, connection: Connection) -> None: ...

    def lost(self, connection: Connection) -> None: ...

    def unanswered(self, ticket: Ticket, failure: Failure) -> None: ...


class Ticket:
    """A call on its way: its bytes, and the connection that it is on, once there is one."""

    __slots__ = (
        "cancelled", "connection", "data", "head_only", "keeper", "receiver", "repeatable", "reused", "since",
    )  # fmt: skip

    def __init__(
        self, keeper: Keeper, data: bytes, receiver: Receiver, head_only: bool, repeatable: bool
    ) -> None:
        self.keeper = keeper
        self.data = data
        self.receiver = receiver
        self.head_only = head_only
        self.repeatable = repeatable
        self.connection: Connection | None = None
        self.reused = False
        self.cancelled = False
        self.since = 0.0

    def cancel(self, *, late: bool = False) -> None:
        """Gives the call up; its receiver hears nothing more."""
        self.cancelled = True
        if self.connection is not None and self.connection.serves(self.receiver):
            self.connection.abandon()

    def drop(self) -> None:
        """Gives up a call whose head has come; a short rest is read, so that the connection can be kept."""
        self.cancelled = True
        if self.connection is not None and self.connection.serves(self.receiver):
            self.connection.drain()

    def pause(self) -> None:
        if self.connection is not None and self.connection.serves(self.receiver):
            self.connection.pause()

    def resume(self) -> None:
        if self.connection is not None and self.connection.serves(self.receiver):
            self.connection.resume()


class _Drain:
    """Receives the short rest of a response that nobody wants."""

    def response_head(self, status: int, headers: list[Header], length: int | None) -> None: ...

    def response_data(self, data: bytes) -> None: ...

    def response_trailers(self, trailers: list[Header]) -> None: ...

    def response_complete(self) -> None: ...

    def response_failed(self, failure: Failure) -> None: ...


_DRAIN = _Drain()
_PATIENCE = 1.0
"""Seconds that an unwanted rest may take."""


class Connection(asyncio.Protocol):
    """One connection. The parser calls the `on_…` methods."""

    def __init__(self, keeper: Keeper) -> None:
        self._keeper = keeper
        self._transport: asyncio.Transport | None = None
        self._receiver: Receiver | None = None
        self._ticket: Ticket | None = None
        self._answered = False
        self._size = 0
        """Bytes that have come since the request was sent."""
        self.idle_since = 0.0
        self._begin()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        transport = cast(asyncio.Transport, transport)  # uvloop has transport classes of its own
        self._transport = transport
        self._outbox = outbox()
        self._parser = httptools.HttpResponseParser(self)

    def send(self, ticket: Ticket) -> None:
        """Sends one whole request; the ticket's receiver hears what comes of it."""
        assert self._transport is not None
        ticket.connection = self
        self._ticket = ticket
        self._receiver = ticket.receiver
        self._answered = False
        self._size = 0
        self._begin()
        self._turn = self._outbox.turn
        self._outbox.write(self._transport, ticket.data)

    def usable(self) -> bool:
        transport = self._transport
        return transport is not None and not transport.is_closing()

    def serves(self, receiver: Receiver) -> bool:
        """Whether the connection is at work for this receiver; it may serve another one by now."""
        return self._receiver is receiver

    def pause(self) -> None:
        if self._transport is not None and not self._transport.is_closing():
            self._transport.pause_reading()

    def resume(self) -> None:
        if self._transport is not None and not self._transport.is_closing():
            self._transport.resume_reading()

    def abandon(self) -> None:
        """Closes the connection; its receiver hears nothing more."""
        self._receiver = self._ticket = None
        if self._transport is not None:
            self._transport.abort()

    def drain(self) -> None:
        """Reads the rest of the response for nobody, where it is known to be short."""
        if self._length is None or self._length > _DRAINED:
            self.abandon()
            return
        self._receiver = _DRAIN
        asyncio.get_running_loop().call_later(_PATIENCE, self._stop_draining)

    def _stop_draining(self) -> None:
        if self._receiver is _DRAIN:
            self.abandon()

    def data_received(self, data: bytes) -> None:
        self._answered = True
        if self._receiver is None:
            self._close()  # nobody asked
            return
        if self._turn == self._outbox.turn:
            self._unasked()
            return
        self._size += len(data)
        problem = ""
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            problem = "the upstream switched protocols without being asked"
        except httptools.HttpParserCallbackError as error:
            problem = str(error.__context__ or error)
        except httptools.HttpParserError as error:
            problem = f"the upstream's response is not HTTP: {error}"
        if self._ended:
            # What follows a response that is whole could be taken for the answer to another call: nobody gets it.
            self._complete(reusable=self._keeps_alive and not problem)
        elif problem:
            self._fail(problem)
        elif self._in_head and self._size > MAX_HEAD:
            self._fail(_TOO_LARGE)

    def _unasked(self) -> None:
        """Bytes that came before the request was sent are no answer to it. It goes another way, as nobody has seen it."""
        ticket = self._ticket
        self.abandon()
        if ticket is not None:
            ticket.reused = ticket.repeatable = True
            self._keeper.unanswered(ticket, UNANSWERED)

    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = None
        receiver, self._receiver = self._receiver, None
        ticket, self._ticket = self._ticket, None
        self._keeper.lost(self)
        if receiver is None:
            return
        to_the_end = not self._in_head and self._length is None and not self._chunked
        if to_the_end and exc is None:
            receiver.response_complete()
        elif self._answered:
            receiver.response_failed(BROKEN)
        elif ticket is not None:
            self._keeper.unanswered(ticket, UNANSWERED)

    def _begin(self) -> None:
        self._headers: list[Header] = []
        self._fields: dict[bytes, bytes] = {}
        self._trailers: list[Header] = []
        self._trailing = 0
        self._length: int | None = None
        self._chunked = False
        self._in_head = True
        self._status = 0
        self._ended = False
        self._keeps_alive = False

    def on_message_begin(self) -> None:
        if self._ended:
            raise ValueError("the upstream sent more than the response")

    def on_header(self, name: bytes, value: bytes) -> None:
        name = name.lower()
        if self._in_head:
            self._headers.append((name, value))
            self._fields[name] = value
            return
        self._trailers.append((name, value))
        self._trailing += len(name) + len(value) + 4
        if self._trailing > MAX_HEAD:
            raise ValueError(_TOO_LARGE)

    def on_headers_complete(self) -> None:
        self._in_head = False
        headers = self._headers
        status = self._status = self._parser.get_status_code()
        if self._size > MAX_HEAD and sum(len(name) + len(value) + 4 for name, value in headers) > MAX_HEAD:
            raise ValueError(_TOO_LARGE)
        if status < 200:
            self._begin()
            return
        if self._receiver is None:
            return
        fields = self._fields
        length = fields.get(b"content-length")
        if length is not None:
            self._length = int(length)
        elif status in (204, 304):
            self._length = 0
        self._chunked = b"transfer-encoding" in fields
        self._receiver.response_head(status, headers, self._length)
        if self._ticket is not None and self._ticket.head_only:
            # llhttp cannot be told that no body follows, so this connection has done its last call.
            self._complete(reusable=False)

    def on_body(self, data: bytes) -> None:
        if self._receiver is not None:
            self._receiver.response_data(data)

    def on_message_complete(self) -> None:
        if self._status >= 200 and self._receiver is not None:
            if self._trailers:
                self._receiver.response_trailers(self._trailers)
            self._ended = True
            self._keeps_alive = self._parser.should_keep_alive()

    def _complete(self, *, reusable: bool) -> None:
        receiver, self._receiver = self._receiver, None
        self._ticket = None
        if reusable:
            self._keeper.release(self)
        else:
            self._close()
        if receiver is not None:
            receiver.response_complete()

    def _fail(self, reason: str) -> None:
        receiver, self._receiver = self._receiver, None
        self._ticket = None
        self._close()
        if receiver is not None:
            receiver.response_failed(Failure("malformed", reason))

    def _close(self) -> None:
        if self._transport is not None:
            self._outbox.close(self._transport)
