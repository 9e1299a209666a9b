"""A contract with WebSockets, and gateways between the `websockets` library's servers and clients."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.asyncio.server import ServerConnection, serve

from gateway.http.runtime import Runtime
from gateway.http.server import bind, serving
from gateway.rules import DEFAULT_RULES, Rules
from tests.gateway.world import orders

TEXT = """
openapi: 3.0.3
info: {title: Feed, version: 1.0.0}
servers: [{url: https://api.example}]
paths:
  /feed:
    get:
      parameters: [{name: depot, in: query, required: true, schema: {type: integer}}]
      responses: {"101": {description: Positions of vehicles as they come}, "403": {description: No}}
  /plain:
    get:
      responses: {"200": {description: d}, "426": {description: d}}
"""
Handler = Callable[[ServerConnection], Awaitable[None]]


async def echo(connection: ServerConnection) -> None:
    async for message in connection:
        await connection.send(message)


class Feed:
    """A gateway at `port`, whose upstream is a WebSocket server."""

    def __init__(self, runtime: Runtime, port: int) -> None:
        self.runtime = runtime
        self.port = port

    def connect(self, path: str = "/feed?depot=1", **options: Any) -> connect:
        return connect(f"ws://127.0.0.1:{self.port}{path}", **options)


@contextlib.asynccontextmanager
async def feed(
    handler: Handler = echo,
    *,
    rules: Rules = DEFAULT_RULES,
    grace: float = 3.0,
    server: dict[str, Any] | None = None,
    **options: Any,
) -> AsyncIterator[Feed]:
    async with serve(handler, "127.0.0.1", 0, **(server or {})) as upstream:
        number = next(iter(upstream.sockets)).getsockname()[1]
        runtime = Runtime(orders(f"http://127.0.0.1:{number}", text=TEXT, rules=rules), **options)
        listener = bind("127.0.0.1", 0)
        port = listener.getsockname()[1]
        async with serving(runtime, listener, grace=grace):
            yield Feed(runtime, port)


__all__ = ["ClientConnection", "Feed", "echo", "feed"]
