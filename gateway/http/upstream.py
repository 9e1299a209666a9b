"""Connections to upstreams: kept alive, bounded in number, one call at a time each.

A connection hands what it reads to a receiver by callbacks, as it comes; the receiver may pause it.
"""

from __future__ import annotations

import asyncio
import ssl
from collections import deque
from typing import Protocol, cast
from urllib.parse import urlsplit

import httptools

from gateway.verdicts import Header

MAX_HEAD = 64 * 1024
"""Bytes of a response's header fields."""
IDEMPOTENT = frozenset({b"GET", b"HEAD", b"PUT", b"DELETE", b"OPTIONS", b"TRACE"})
"""Methods that may be sent twice (RFC 9110 section 9.2.2)."""


class Receiver(Protocol):
    """What becomes of a response. Each call ends with `response_complete` or `response_failed`, once."""

    def response_head(self, status: int, headers: list[Header], length: int | None) -> None: ...

    def response_data(self, data: bytes) -> None: ...

    def response_complete(self) -> None: ...

    def response_failed(self, reason: str) -> None: ...


class Connection(asyncio.Protocol):
    """One connection. The parser calls the `on_…` methods."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._transport: asyncio.Transport | None = None
        self._receiver: Receiver | None = None
        self._head_only = False
        self._answered = False
        self._reset()
        self.idle_since = 0.0
        self.used = False

    def _reset(self) -> None:
        self._headers: list[Header] = []
        self._head_size = 0
        self._length: int | None = None
        self._chunked = False
        self._in_head = True
        self._status = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        transport = cast(asyncio.Transport, transport)  # uvloop has transport classes of its own
        self._transport = transport
        self._parser = httptools.HttpResponseParser(self)

    def send(self, data: bytes, receiver: Receiver, *, head_only: bool) -> None:
        """Sends one whole request; `receiver` hears what comes of it."""
        assert self._transport is not None
        self._receiver = receiver
        self._head_only = head_only
        self._answered = False
        self._transport.write(data)

    @property
    def answered(self) -> bool:
        """Whether any byte of the response has come."""
        return self._answered

    @property
    def usable(self) -> bool:
        return self._transport is not None and not self._transport.is_closing()

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
        self._receiver = None
        if self._transport is not None:
            self._transport.abort()

    def data_received(self, data: bytes) -> None:
        self._answered = True
        if self._receiver is None:
            self._close()  # nobody asked
            return
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            self._fail("the upstream switched protocols without being asked")
        except httptools.HttpParserCallbackError as error:
            self._fail(str(error.__context__ or error))
        except httptools.HttpParserError as error:
            # Where the response was complete and something followed it, nobody is there to be told.
            self._fail(f"the upstream's response is not HTTP: {error}")

    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = None
        receiver, self._receiver = self._receiver, None
        self._pool.lost(self)
        if receiver is None:
            return
        to_the_end = not self._in_head and self._length is None and not self._chunked
        if to_the_end and exc is None:
            receiver.response_complete()
        elif self._answered:
            receiver.response_failed("the upstream closed the connection in the middle of its response")
        else:
            receiver.response_failed("the upstream closed the connection without an answer")

    def on_message_begin(self) -> None:
        self._reset()

    def on_header(self, name: bytes, value: bytes) -> None:
        self._head_size += len(name) + len(value) + 4
        if self._head_size > MAX_HEAD:
            raise ValueError("the upstream's header fields are too large")
        if not self._in_head:
            return  # a trailer
        name = name.lower()
        if name == b"content-length":
            self._length = int(value)
        elif name == b"transfer-encoding":
            self._chunked = True
        self._headers.append((name, value))

    def on_headers_complete(self) -> None:
        self._status = self._parser.get_status_code()
        self._in_head = False
        if self._status < 200 or self._receiver is None:
            return
        if self._status in (204, 304):
            self._length = 0 if self._length is None else self._length
        self._receiver.response_head(self._status, self._headers, self._length)
        if self._head_only:
            # llhttp cannot be told that no body follows, so this connection has done its last call.
            self._complete(reusable=False)

    def on_body(self, data: bytes) -> None:
        if self._receiver is not None:
            self._receiver.response_data(data)

    def on_message_complete(self) -> None:
        if self._status >= 200 and self._receiver is not None:
            self._complete(reusable=self._parser.should_keep_alive())

    def _complete(self, *, reusable: bool) -> None:
        receiver, self._receiver = self._receiver, None
        if reusable:
            self._pool.release(self)
        else:
            self._close()
        if receiver is not None:
            receiver.response_complete()

    def _fail(self, reason: str) -> None:
        receiver, self._receiver = self._receiver, None
        self._close()
        if receiver is not None:
            receiver.response_failed(reason)

    def _close(self) -> None:
        if self._transport is not None:
            self._transport.close()


class Pool:
    """Connections to one upstream address (`http://host:port`)."""

    def __init__(
        self,
        address: str,
        *,
        most: int = 256,
        waiting: int = 1024,
        connect_timeout: float = 5.0,
        idle: float = 30.0,
        context: ssl.SSLContext | None = None,
    ) -> None:
        parts = urlsplit(address)
        self.address = address
        self.authority = parts.netloc.encode("ascii", "replace")
        self._host = parts.hostname or ""
        self._tls = parts.scheme == "https"
        self._port = parts.port or (443 if self._tls else 80)
        self._context = context
        self._most = most
        self._most_waiting = waiting
        self._timeout = connect_timeout
        self._idle_time = idle
        self._idle: list[Connection] = []
        self._open: set[Connection] = set()
        self._opening = 0
        self._waiting: deque[tuple[bytes, Receiver, bool, Ticket]] = deque()
        self._tasks: set[asyncio.Task[None]] = set()
        self._closed = False

    def send(self, data: bytes, receiver: Receiver, *, head_only: bool, fresh: bool = False) -> Ticket:
        """Sends a request on an idle connection, or on a new one; waits its turn where all are busy.

        With `fresh` no kept-alive connection is taken.
        """
        ticket = Ticket(receiver)
        connection = None if fresh else self._take()
        if connection is not None:
            ticket.connection = connection
            ticket.reused = True
            connection.send(data, receiver, head_only=head_only)
            return ticket
        if len(self._waiting) >= self._most_waiting:
            asyncio.get_running_loop().call_soon(receiver.response_failed, BUSY)
            return ticket
        self._waiting.append((data, receiver, head_only, ticket))
        self._grow()
        return ticket

    def _take(self) -> Connection | None:
        idle = self._idle
        if not idle:
            return None
        now = asyncio.get_running_loop().time()
        while idle:
            connection = idle.pop()
            if connection.usable and now - connection.idle_since < self._idle_time:
                return connection
            connection.abandon()
        return None

    def _grow(self) -> None:
        if len(self._open) + self._opening < self._most and self._opening < len(self._waiting):
            self._opening += 1
            task = asyncio.get_running_loop().create_task(self._connect())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _connect(self) -> None:
        loop = asyncio.get_running_loop()
        tls = (self._context or ssl.create_default_context()) if self._tls else None
        try:
            async with asyncio.timeout(self._timeout):
                _, connection = await loop.create_connection(
                    lambda: Connection(self), self._host, self._port, ssl=tls
                )
        except TimeoutError:
            self._opening -= 1
            self._refuse(CONNECT_TIMEOUT)
            return
        except OSError as error:
            self._opening -= 1
            self._refuse(f"{UNREACHABLE} ({error.strerror or type(error).__name__})")
            return
        self._opening -= 1
        self._open.add(connection)
        if self._closed:
            connection.abandon()
        else:
            self._give(connection)

    def _refuse(self, reason: str) -> None:
        """No connection could be made: everyone who waits is told, or only the first while others are at work."""
        waiting, self._waiting = self._waiting, deque()
        if self._open and waiting:
            self._waiting.extend(list(waiting)[1:])
            waiting = deque([waiting[0]])
        for _, receiver, _, ticket in waiting:
            if not ticket.cancelled:
                receiver.response_failed(reason)

    def _give(self, connection: Connection) -> None:
        while self._waiting:
            data, receiver, head_only, ticket = self._waiting.popleft()
            if not ticket.cancelled:
                ticket.connection = connection
                ticket.reused = connection.used
                connection.send(data, receiver, head_only=head_only)
                return
        connection.idle_since = asyncio.get_running_loop().time()
        self._idle.append(connection)

    def release(self, connection: Connection) -> None:
        """Takes a connection back after a complete response."""
        connection.used = True
        if self._closed or not connection.usable:
            connection.abandon()
        else:
            self._give(connection)

    def lost(self, connection: Connection) -> None:
        """Forgets a connection that was closed."""
        self._open.discard(connection)
        if connection in self._idle:
            self._idle.remove(connection)
        if self._waiting:
            self._grow()

    def close(self) -> None:
        """Closes idle connections; those at work end with their call."""
        self._closed = True
        for connection in tuple(self._idle):
            connection.abandon()
        self._idle.clear()

    @property
    def counts(self) -> dict[str, int]:
        """Connections open and idle, calls that wait for one."""
        return {"open": len(self._open), "idle": len(self._idle), "waiting": len(self._waiting)}


class Ticket:
    """A call on its way: the connection that it is on, once there is one."""

    __slots__ = ("cancelled", "connection", "receiver", "reused")

    def __init__(self, receiver: Receiver) -> None:
        self.receiver = receiver
        self.connection: Connection | None = None
        self.reused = False
        self.cancelled = False

    def cancel(self) -> None:
        """Gives the call up; its receiver hears nothing more."""
        self.cancelled = True
        if self.connection is not None and self.connection.serves(self.receiver):
            self.connection.abandon()


BUSY = "too many calls wait for the upstream"
CONNECT_TIMEOUT = "the upstream did not take the connection in time"
UNREACHABLE = "the upstream cannot be reached"
