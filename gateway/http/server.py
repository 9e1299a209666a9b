"""Listening, and ending well: no new connections, the calls at hand answered, then nothing."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
from collections.abc import AsyncIterator, Awaitable, Callable

from .accepting import Accepting
from .certificates import Certificates
from .front import Front
from .opening import Opening
from .runtime import Runtime

GRACE = 20.0
"""Seconds that calls at hand have to end when the gateway is told to stop."""
GOODBYE = 1.0
"""Seconds that the other end of TLS has to close its side too."""
BACKLOG = 2048
"""Connections that wait to be accepted."""
WATCH = 5.0
"""Seconds between two looks at the files of certificates."""


class Taken(Exception):
    """The address is not to be had; `reason` is the system's."""

    def __init__(self, host: str, port: int, reason: str) -> None:
        super().__init__(f"{host}:{port}: {reason}")
        self.host = host
        self.port = port
        self.reason = reason


def bind(host: str, port: int, *, shared: bool = False) -> socket.socket:
    """A listening socket. Port 0 takes a free one. With `shared` others of this user may listen there too, and the
    kernel spreads connections over them. Raises `Taken`."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    held = socket.socket(family)
    try:
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if shared:
            held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        held.bind((host, port))
        held.listen(BACKLOG)
    except OSError as error:
        held.close()
        raise Taken(host, port, error.strerror or str(error)) from None
    held.setblocking(False)
    return held


class Listening:
    """A listening socket and what accepts on it; certificates are changed without losing a connection."""

    def __init__(self, runtime: Runtime, listener: socket.socket) -> None:
        """Raises `gateway.http.tls.Unusable`."""
        self._runtime = runtime
        self._listener = listener
        entrance = runtime.entrance
        self.certificates = (
            Certificates(entrance.tls, entrance.protocols) if entrance.tls is not None else None
        )
        runtime.certificates = self.certificates
        self._opens = self.certificates is not None or entrance.http2.cleartext
        self._server: asyncio.Server | Accepting | None = None
        self._behind = False
        """Certificates were read that could not be put in force."""

    async def start(self) -> None:
        self._server = await self._accept()

    async def reload(self) -> bool:
        """Reads the certificates again. False where none of them can be used, and those in force stay."""
        if self.certificates is None or self._server is None:
            return False
        if not self.certificates.load():
            return False
        before = self._server
        try:
            # The new context accepts before the old one stops, both on the same socket of the kernel.
            self._server = await self._accept()
        except OSError as error:
            self._behind = True
            self.certificates.problem = f"they cannot be put in force: {error.strerror or error}"
            return False
        self._behind = False
        before.close()
        return True

    async def watch(self, every: float = WATCH) -> None:
        """Reads certificates again whenever their files change, until cancelled."""
        while self.certificates is not None:
            await asyncio.sleep(every)
            if self._behind or self.certificates.changed():
                await self.reload()

    def close(self) -> None:
        """Takes no more connections."""
        if self._server is not None:
            self._server.close()
            self._server = None
        self._listener.close()

    async def _accept(self) -> asyncio.Server | Accepting:
        runtime = self._runtime
        kind = Opening if self._opens else Front
        if runtime.entrance.proxy_protocol:
            context = self.certificates.context if self.certificates is not None else None
            return Accepting(
                runtime, self._listener.dup(), lambda address: kind(runtime, address), context, GOODBYE
            )
        return await asyncio.get_running_loop().create_server(
            lambda: kind(runtime),
            sock=self._listener.dup(),
            backlog=BACKLOG,
            ssl=self.certificates.context if self.certificates is not None else None,
            ssl_handshake_timeout=runtime.timeouts.head if self.certificates is not None else None,
            # Clients that keep a connection for later do not read, and so do not say goodbye.
            ssl_shutdown_timeout=GOODBYE if self.certificates is not None else None,
        )


@contextlib.asynccontextmanager
async def serving(
    runtime: Runtime, listener: socket.socket, grace: float = GRACE
) -> AsyncIterator[Listening]:
    """Serves on a socket while the block runs, and drains when it ends."""
    loop = asyncio.get_running_loop()
    listening = Listening(runtime, listener)
    await listening.start()
    tasks = [loop.create_task(runtime.sweeping()), loop.create_task(listening.watch())]
    try:
        yield listening
    finally:
        await drain(runtime, listening, grace)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        runtime.close()


async def drain(runtime: Runtime, listening: Listening, grace: float) -> None:
    """Stops listening, lets the calls at hand end within the grace, and cuts what is left."""
    listening.close()
    runtime.draining = True
    for front in tuple(runtime.fronts):
        front.drain()
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(grace):
            await runtime.empty.wait()
    for front in tuple(runtime.fronts):
        front.abort()


async def until_told(reload: Callable[[], Awaitable[object]] | None = None) -> None:
    """Waits for SIGINT or SIGTERM; on SIGHUP certificates are read again."""
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    tasks: set[asyncio.Future[object]] = set()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, told.set)
    if reload is not None:

        def again() -> None:
            task = asyncio.ensure_future(reload())
            tasks.add(task)
            task.add_done_callback(tasks.discard)

        loop.add_signal_handler(signal.SIGHUP, again)
    await told.wait()
