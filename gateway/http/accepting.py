"""Accepting where load balancers speak the PROXY protocol: their header is read off before TLS or anything else.

What is read of a socket is what the header takes and no more, so that everything after it is still there for whoever
comes next. Without such load balancers the event loop's own server accepts.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import socket
import ssl
from collections.abc import Callable
from typing import TYPE_CHECKING

from gateway.callers.trust import within

from .proxy_header import MOST, Malformed, ProxyHeader, read

if TYPE_CHECKING:
    from .runtime import Runtime

_AT_ONCE = 128
"""Connections that are accepted before others have their turn."""
_PATIENCE = 1.0
"""Seconds until accepting is tried again where the system has no more room for connections."""
_NO_ROOM = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM})
Making = Callable[[str | None], asyncio.Protocol]
"""Makes the protocol of a connection, of which the caller's address may be known already."""


class Accepting:
    """Accepts on a listening socket until it is closed."""

    def __init__(
        self,
        runtime: Runtime,
        listener: socket.socket,
        make: Making,
        context: ssl.SSLContext | None,
        goodbye: float,
    ) -> None:
        """`goodbye` is how many seconds the other end of TLS has to close its side too."""
        self.runtime = runtime
        self._listener = listener
        self._make = make
        self._context = context
        self._goodbye = goodbye
        self._loop = asyncio.get_running_loop()
        self._again: asyncio.TimerHandle | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._begin()

    def close(self) -> None:
        """Accepts no more; connections that were accepted go on."""
        if self._again is not None:
            self._again.cancel()
        else:
            self._loop.remove_reader(self._listener.fileno())
        self._listener.close()

    def _begin(self) -> None:
        self._again = None
        self._loop.add_reader(self._listener.fileno(), self._accept)

    def _accept(self) -> None:
        for _ in range(_AT_ONCE):
            try:
                held, peer = self._listener.accept()
            except (BlockingIOError, InterruptedError):
                return
            except ConnectionAbortedError:
                continue
            except OSError as error:
                if error.errno not in _NO_ROOM:
                    raise
                self.runtime.count_bad("no-room-for-connections")
                self._loop.remove_reader(self._listener.fileno())
                self._again = self._loop.call_later(_PATIENCE, self._begin)
                return
            held.setblocking(False)
            with contextlib.suppress(OSError):
                held.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            heralded = within(peer[0], self.runtime.entrance.proxy_protocol)
            taking = self._heralded(held) if heralded else self._hand_over(held, None)
            task = self._loop.create_task(taking)
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _heralded(self, held: socket.socket) -> None:
        """Reads the header, and hands over what follows it."""
        arrival = _Arrival(self.runtime)
        if not self.runtime.welcome(arrival):
            held.close()
            return
        header: ProxyHeader | None = None
        try:
            header = await _header(held)
        except asyncio.CancelledError:  # it has not come in time, or the gateway ends
            if not arrival.ended:
                raise
        except (Malformed, OSError):
            self.runtime.count_bad("proxy-protocol")
        finally:
            self.runtime.farewell(arrival)
            if header is None:
                held.close()
        if header is not None:
            await self._hand_over(held, header.address)

    async def _hand_over(self, held: socket.socket, address: str | None) -> None:
        # What goes wrong is the client's: no handshake, or none that could be agreed on.
        with contextlib.suppress(OSError):
            await self._loop.connect_accepted_socket(
                lambda: self._make(address),
                held,
                ssl=self._context,
                ssl_handshake_timeout=self.runtime.timeouts.head if self._context is not None else None,
                ssl_shutdown_timeout=self._goodbye if self._context is not None else None,
            )


class _Arrival:
    """A connection whose header is awaited; it is counted and timed like every other."""

    held = 0

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._task = asyncio.current_task()
        self.ended = False
        self.deadline = runtime.now() + runtime.timeouts.head

    def expire(self) -> None:
        self._runtime.count_bad("proxy-protocol")
        self.abort()

    def drain(self) -> None:
        self.abort()

    def abort(self) -> None:
        self.ended = True
        if self._task is not None:
            self._task.cancel()


async def _header(held: socket.socket) -> ProxyHeader:
    """The header that a connection begins with. Raises `Malformed`, and OSError where it ends before."""
    known = b""
    while True:
        await _readable(held)
        try:
            seen = held.recv(MOST, socket.MSG_PEEK)
        except (BlockingIOError, InterruptedError):
            continue
        if not seen:
            raise ConnectionResetError
        found = read(known + seen)
        # All of what is not complete is header, and what was seen is there to be taken.
        known += held.recv(len(seen) if found is None else found.size - len(known))
        if found is not None:
            return found


async def _readable(held: socket.socket) -> None:
    loop = asyncio.get_running_loop()
    there = asyncio.Event()
    loop.add_reader(held.fileno(), there.set)
    try:
        await there.wait()
    finally:
        loop.remove_reader(held.fileno())
