"""`python -m benchmarks.gateway.forward PORT UPSTREAM_PORT`: passes bytes on and looks at none of them.

What the event loop and the kernel take for a call, and so the least that a proxy on uvloop can cost.
"""

from __future__ import annotations

import asyncio
import sys
from typing import cast

import uvloop


class _Side(asyncio.Protocol):
    """One of the two connections of a call; what comes on it goes out on the other."""

    def __init__(self, other: _Side | None = None) -> None:
        self.other = other
        self.transport: asyncio.Transport | None = None
        self._early: list[bytes] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)
        if self.other is not None:
            self.other.met(self)

    def met(self, other: _Side) -> None:
        """The other connection is there."""
        self.other = other
        for data in self._early:
            self.data_received(data)

    def data_received(self, data: bytes) -> None:
        if self.other is None or self.other.transport is None:
            self._early.append(data)
        else:
            self.other.transport.write(data)

    def connection_lost(self, exc: Exception | None) -> None:
        self.transport = None
        if self.other is not None and self.other.transport is not None:
            self.other.transport.abort()


async def _main(port: int, upstream: int) -> None:
    loop = asyncio.get_running_loop()
    tasks: set[asyncio.Task[object]] = set()

    def take() -> _Side:
        caller = _Side()
        task = loop.create_task(loop.create_connection(lambda: _Side(caller), "127.0.0.1", upstream))
        tasks.add(task)
        task.add_done_callback(tasks.discard)
        return caller

    server = await loop.create_server(take, "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(_main(int(sys.argv[1]), int(sys.argv[2])))
