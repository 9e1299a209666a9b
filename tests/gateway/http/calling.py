"""One call through a gateway of its own, and upstreams that say whatever a test wants."""

from __future__ import annotations

import asyncio
from typing import Any

from gateway.verdicts import Bounds
from tests.gateway.world import (
    GOOD,
    HEADERS,
    Handler,
    Running,
    orders,
    running,
)


def call(
    handler: Handler, method: str = "POST", path: str = "/erp/v1/orders", body: bytes = GOOD, **options: Any
) -> tuple[tuple[int, bytes, Any], Running]:
    modes, bounds = options.pop("modes", None), options.pop("bounds", Bounds())
    headers = options.pop("headers", HEADERS)

    async def scenario() -> tuple[tuple[int, bytes, Any], Running]:
        async with running(
            handler, lambda url: orders(url, modes=modes, bounds=bounds), **options
        ) as gateway:
            return await gateway.call(method, path, body, headers), gateway

    return asyncio.run(scenario())


def raw(answer: bytes, close: bool = False) -> Handler:
    async def handle(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(answer)
        if close:
            await writer.drain()
            writer.close()

    return handle
