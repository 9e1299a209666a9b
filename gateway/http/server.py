"""Listening, and ending well: no new connections, the calls at hand answered, then nothing."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
from collections.abc import AsyncIterator

from .front import Front
from .runtime import Runtime

GRACE = 20.0
"""Seconds that calls at hand have to end when the gateway is told to stop."""


class Taken(Exception):
    """The address is not to be had; `reason` is the system's."""

    def __init__(self, host: str, port: int, reason: str) -> None:
        super().__init__(f"{host}:{port}: {reason}")
        self.host = host
        self.port = port
        self.reason = reason


def bind(host: str, port: int) -> socket.socket:
    """A listening socket. Port 0 takes a free one. Raises `Taken`."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    held = socket.socket(family)
    try:
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        held.bind((host, port))
        held.listen(2048)
    except OSError as error:
        held.close()
        raise Taken(host, port, error.strerror or str(error)) from None
    held.setblocking(False)
    return held


@contextlib.asynccontextmanager
async def serving(runtime: Runtime, listener: socket.socket, grace: float = GRACE) -> AsyncIterator[None]:
    """Serves on a socket while the block runs, and drains when it ends."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Front(runtime), sock=listener)
    sweeper = loop.create_task(runtime.sweeping())
    try:
        yield
    finally:
        await drain(runtime, server, grace)
        sweeper.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await sweeper
        runtime.close()


async def drain(runtime: Runtime, server: asyncio.Server, grace: float) -> None:
    """Stops listening, lets the calls at hand end within the grace, and cuts what is left."""
    server.close()
    runtime.draining = True
    for front in tuple(runtime.fronts):
        front.drain()
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(grace):
            await runtime.empty.wait()
    for front in tuple(runtime.fronts):
        front.abort()


async def until_told() -> None:
    """Waits for SIGINT or SIGTERM."""
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, told.set)
    await told.wait()
