"""`python -m benchmarks.gateway.upstream PORT SIZE`: answers every request with an order, as fast as Python can."""

from __future__ import annotations

import asyncio
import sys
from typing import Any, cast

import httptools
import uvloop

from .orders import accepted, order


class _Answering(asyncio.Protocol):
    def __init__(self, answer: bytes) -> None:
        self._answer = answer

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._parser: Any = httptools.HttpRequestParser(self)

    def data_received(self, data: bytes) -> None:
        self._parser.feed_data(data)

    def on_message_complete(self) -> None:
        self._transport.write(self._answer)


async def _main(port: int, size: int) -> None:
    answer = accepted(order(size))
    server = await asyncio.get_running_loop().create_server(lambda: _Answering(answer), "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(_main(int(sys.argv[1]), int(sys.argv[2])))
