"""Connections to one upstream address: kept alive, bounded in number, one call at a time each."""

from __future__ import annotations

import asyncio
import ssl
from collections import deque
from collections.abc import Callable
from time import monotonic
from typing import TypeVar
from urllib.parse import urlsplit

from .connection import Connection, Ticket
from .receiving import BUSY, CONNECT_TIMEOUT, Failure, Receiver

IDEMPOTENT = frozenset({"GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE"})
"""Methods that may be sent twice (RFC 9110 section 9.2.2)."""


Dialled = TypeVar("Dialled", bound=asyncio.Protocol)


class Pool:
    """Connections to one upstream address (`http://host:port`).

    At most `most` of them; where all are busy, `waiting` more calls may wait, each for `patience` seconds.
    """

    def __init__(
        self,
        address: str,
        *,
        most: int = 256,
        waiting: int = 1024,
        patience: float = 2.0,
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
        self._patience = patience
        self._timeout = connect_timeout
        self._idle_time = idle
        self._idle: list[Connection] = []
        self._open: set[Connection] = set()
        self._opening = 0
        self._waiting: deque[Ticket] = deque()
        self._tasks: set[asyncio.Task[None]] = set()
        self._closed = False
        self.full = False
        """Whether the last call that would have had to wait was turned away, and nothing has changed since."""

    def send(
        self,
        data: bytes,
        receiver: Receiver,
        *,
        head_only: bool,
        repeatable: bool = False,
        fresh: bool = False,
    ) -> Ticket:
        """Sends a request on an idle connection, or on a new one; waits its turn where all are busy.

        What is `repeatable` is sent once more where a kept-alive connection closes instead of answering
        (RFC 9112 section 9.3.1). With `fresh` no kept-alive connection is taken.
        """
        ticket = Ticket(self, data, receiver, head_only, repeatable)
        if not fresh and (idle := self._idle):
            now = monotonic()
            while idle:
                connection = idle.pop()
                if now - connection.idle_since < self._idle_time and connection.usable():
                    ticket.reused = True
                    connection.send(ticket)
                    return ticket
                connection.abandon()
        self._wait(ticket)
        return ticket

    def _wait(self, ticket: Ticket) -> None:
        loop = asyncio.get_running_loop()
        if len(self._waiting) >= self._most_waiting + self._most - len(self._open):
            self.full = True
            # Later, as whoever sends has not got its ticket yet.
            loop.call_soon(_tell, ticket, BUSY)
            return
        ticket.since = monotonic()
        self._waiting.append(ticket)
        self._grow()

    def _grow(self) -> None:
        if len(self._open) + self._opening < self._most and self._opening < len(self._waiting):
            self._opening += 1
            task = asyncio.get_running_loop().create_task(self._connect())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _connect(self) -> None:
        connection = await self.dial(lambda: Connection(self))
        self._opening -= 1
        if isinstance(connection, Failure):
            self._refuse(connection)
            return
        self._open.add(connection)
        self._give(connection)

    async def dial(self, make: Callable[[], Dialled]) -> Dialled | Failure:
        """A connection to the address that is not of the pool, for whom the pool's own kind does not do."""
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(self._timeout):
                _, protocol = await loop.create_connection(make, self._host, self._port, ssl=self._security())
        except TimeoutError:
            return CONNECT_TIMEOUT
        except ssl.SSLError as error:
            return Failure("tls", f"TLS to the upstream failed ({error.reason or 'no reason given'})")
        except OSError as error:
            why = error.strerror or type(error).__name__
            return Failure("connect", f"the upstream cannot be reached ({why})")
        return protocol

    def _security(self) -> ssl.SSLContext | None:
        if self._tls and self._context is None:
            self._context = (
                ssl.create_default_context()
            )  # reads all authorities: once, not for every connection
        return self._context if self._tls else None

    def _refuse(self, failure: Failure) -> None:
        """No connection could be made: everyone who waits is told, or only the first while others are at work."""
        self.full = False
        waiting, self._waiting = self._waiting, deque()
        if self._open and waiting:
            self._waiting.extend(list(waiting)[1:])
            waiting = deque([waiting[0]])
        for ticket in waiting:
            _tell(ticket, failure)

    def _give(self, connection: Connection, *, reused: bool = False) -> None:
        """A free connection: for who waits longest, else for later; a closed pool keeps none."""
        self.full = False
        now = monotonic()
        while self._waiting:
            ticket = self._waiting.popleft()
            if ticket.cancelled:
                continue
            if reused and now - ticket.since > self._patience:
                _tell(ticket, BUSY)
                continue
            ticket.reused = reused
            connection.send(ticket)
            return
        if self._closed:
            connection.abandon()
            return
        connection.idle_since = now
        self._idle.append(connection)

    def release(self, connection: Connection) -> None:
        """Takes a connection back after a complete response."""
        if connection.usable():
            self._give(connection, reused=True)
        else:
            connection.abandon()

    def lost(self, connection: Connection) -> None:
        """Forgets a connection that was closed."""
        self.full = False
        self._open.discard(connection)
        if connection in self._idle:
            self._idle.remove(connection)
        if self._waiting:
            self._grow()

    def unanswered(self, ticket: Ticket, failure: Failure) -> None:
        """A connection was closed instead of answering: once more on a new one, where that is safe."""
        if ticket.reused and ticket.repeatable and not ticket.cancelled:
            ticket.reused = ticket.repeatable = False
            ticket.connection = None
            self._wait(ticket)
        else:
            ticket.receiver.response_failed(failure)

    def sweep(self, now: float) -> None:
        """Refuses those that have waited too long for a busy connection; those that are being opened have a time
        limit of their own."""
        waiting = self._waiting
        if len(self._open) < self._most:
            return
        while waiting and (waiting[0].cancelled or now - waiting[0].since > self._patience):
            self.full = False
            _tell(waiting.popleft(), BUSY)

    def close(self) -> None:
        """Closes idle connections; those at work end with their call, and who waits is still served."""
        self._closed = True
        for connection in tuple(self._idle):
            connection.abandon()
        self._idle.clear()

    @property
    def kept(self) -> bool:
        """Whether it keeps connections for later; not after it was closed."""
        return not self._closed

    @property
    def in_flight(self) -> int:
        """Calls at work and waiting."""
        return len(self._open) - len(self._idle) + len(self._waiting)

    @property
    def counts(self) -> dict[str, int]:
        """Connections open and idle, calls that wait for one."""
        return {"open": len(self._open), "idle": len(self._idle), "waiting": len(self._waiting)}


def _tell(ticket: Ticket, failure: Failure) -> None:
    if not ticket.cancelled:
        ticket.receiver.response_failed(failure)
