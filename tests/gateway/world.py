"""A small contract, and a gateway with an upstream around it, for the tests of the gateway."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, wraps
from typing import Any

import orjson

from contracts.document import parse
from contracts.model import HttpApi, build
from contracts.references import load
from gateway.http.runtime import Observer, Runtime, Timeouts
from gateway.http.server import Listening, bind, serving
from gateway.rules import DEFAULT_RULES, Rules
from gateway.snapshot.contract import Consumer, Contract, Key, Plan
from gateway.snapshot.operation import Modes, Operation
from gateway.snapshot.snapshot import Snapshot
from gateway.standalone import standalone
from gateway.upstreams.settings import Settings
from gateway.verdicts import DEFAULT_BOUNDS, Bounds, Decision

ORDERS = """
openapi: 3.0.3
info: {title: Orders, version: 1.2.0}
servers: [{url: https://api.example/erp/v1}]
paths:
  /orders:
    get:
      parameters:
        - {name: limit, in: query, schema: {type: integer, minimum: 1, maximum: 100}}
        - {name: state, in: query, schema: {type: array, items: {enum: [open, shipped]}}}
      responses:
        "200": {description: d, content: {application/json: {schema: {type: array, items: {$ref: "#/components/schemas/Order"}}}}}
    post:
      parameters:
        - {name: Idempotency-Key, in: header, required: true, schema: {type: string, format: uuid}}
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: "#/components/schemas/Order"}}}
      responses:
        "201": {description: d, content: {application/json: {schema: {$ref: "#/components/schemas/Order"}}}}
        "4XX": {description: d}
  /orders/{orderId}:
    parameters:
      - {name: orderId, in: path, required: true, schema: {type: string, pattern: "^[A-Z]{2}[0-9]+$"}}
    get:
      responses:
        "200": {description: d, content: {application/json: {schema: {$ref: "#/components/schemas/Order"}}}}
        "404": {description: d}
  /events:
    get:
      responses:
        "200": {description: d, content: {text/event-stream: {schema: {type: string}}}}
components:
  schemas:
    Order:
      type: object
      required: [sku, quantity]
      additionalProperties: false
      properties:
        sku: {type: string, minLength: 1}
        quantity: {type: integer, minimum: 1}
        price: {type: number}
        id: {type: string, readOnly: true}
"""
GOOD = b'{"sku":"A-1","quantity":2}'
HEADERS = [
    (b"content-type", b"application/json"),
    (b"idempotency-key", b"6a7d7d1e-5b3f-4d5e-8a63-1f8f5f2b2d11"),
]


@cache
def api_of(text: str) -> HttpApi:
    api = build(load(parse(text.encode(), "orders.yaml")))
    assert isinstance(api, HttpApi)
    return api


def orders(
    upstream: str | Sequence[str] = "http://127.0.0.1:9",
    *,
    modes: Modes | None = None,
    rules: Rules = DEFAULT_RULES,
    bounds: Bounds = DEFAULT_BOUNDS,
    text: str = ORDERS,
    said: Mapping[str, Any] | None = None,
) -> Snapshot:
    return standalone(
        api_of(text),
        upstream,
        modes=modes or Modes("enforce", "enforce"),
        rules=rules,
        bounds=bounds,
        settings=Settings(said or {}),
    )


def operation(snapshot: Snapshot, method: str, path: str) -> Operation:
    match = snapshot.find("", path, method)
    assert match is not None
    assert match.held is not None
    return match.held


def codes(decision: Decision) -> list[tuple[str, str, str]]:
    """Place, pointer and code of every fault."""
    return [(fault.place, fault.pointer, fault.code) for fault in decision.faults]


def consumer(
    snapshot: Snapshot, plan: Plan | None = None, key: bytes = b""
) -> tuple[Consumer, dict[str, Key]]:
    """A consumer that is subscribed to the snapshot's contract, and its key."""
    import hashlib

    (contract,) = snapshot.contracts
    held = Consumer("c1", "acme-wms", {(contract.name, contract.major): plan or Plan("standard", 60, 60, 2)})
    return held, {"k1a2b3c4": Key("k1a2b3c4", hashlib.sha256(key or KEY).digest(), None, held)}


KEY = b"lk_k1a2b3c4_" + b"s" * 43


def with_access(snapshot: Snapshot, keys: dict[str, Key], **changes: Any) -> Snapshot:
    """The same snapshot with other facts about its contract."""
    from dataclasses import replace

    from gateway.snapshot.compiling import Compiled
    from gateway.snapshot.snapshot import snapshot as put_together

    (entry,) = snapshot.compiled
    contract: Contract = replace(entry.contract, **changes)
    operations = tuple(
        (path, method, replace(held, contract=contract)) for path, method, held in entry.operations
    )
    return put_together(
        [Compiled(contract, operations, entry.checks)], id="test", keys=keys, bounds=snapshot.bounds
    )


async def until(condition: Callable[[], object]) -> None:
    """Waits until something holds; the test's time limit is the end of it."""
    while not condition():  # noqa: ASYNC110 - what is waited for has no event of its own
        await asyncio.sleep(0.01)


def in_loop(test: Callable[..., Awaitable[None]]) -> Callable[..., None]:
    """Runs a test that is a coroutine in an event loop of its own."""

    @wraps(test)
    def run(*args: Any, **options: Any) -> None:
        async def main() -> None:
            await test(*args, **options)

        asyncio.run(main())

    return run


Handler = Callable[[bytes, asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


def answering(
    status: int = 200, body: bytes = b"", headers: Sequence[bytes] = (b"content-type: application/json",)
) -> Handler:
    """An upstream that gives the same answer to every request."""

    async def handle(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        lines = b"".join(line + b"\r\n" for line in headers)
        writer.write(b"HTTP/1.1 %d X\r\n%scontent-length: %d\r\n\r\n%s" % (status, lines, len(body), body))

    return handle


@dataclass
class Seen:
    """What an upstream was sent: heads and bodies."""

    heads: list[bytes] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    connections: int = 0


async def serve_requests(
    handler: Handler, seen: Seen, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    """Reads the requests of one connection and lets `handler` answer them."""
    seen.connections += 1
    with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            seen.heads.append(head)
            length = next(
                (
                    int(line.partition(b":")[2])
                    for line in head.split(b"\r\n")
                    if line.startswith(b"content-length:")
                ),
                0,
            )
            seen.bodies.append(await reader.readexactly(length))
            await handler(head, reader, writer)
            await writer.drain()
    writer.close()


@contextlib.asynccontextmanager
async def upstream(handler: Handler, seen: Seen) -> AsyncIterator[int]:
    """A server that reads requests and lets `handler` answer them."""

    server = await asyncio.start_server(
        lambda reader, writer: serve_requests(handler, seen, reader, writer), "127.0.0.1", 0
    )
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()


@dataclass
class Running:
    """A gateway that runs, and what its upstream saw."""

    runtime: Runtime
    port: int
    seen: Seen
    listening: Listening | None = None

    async def exchange(self, raw: bytes) -> bytes:
        """Sends bytes, ends the sending side, and reads all that comes back."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(raw)
        writer.write_eof()
        answer = await reader.read()
        writer.close()
        return answer

    async def call(
        self, method: str, path: str, body: bytes = b"", headers: Sequence[tuple[bytes, bytes]] = ()
    ) -> tuple[int, bytes, Any]:
        """Status, head and body of one call; the body is parsed where it is JSON."""
        lines = b"".join(b"%s: %s\r\n" % pair for pair in headers)
        length = b"content-length: %d\r\n" % len(body) if body else b""
        raw = b"%s %s HTTP/1.1\r\nhost: gateway\r\n%s%s\r\n%s" % (
            method.encode(),
            path.encode(),
            lines,
            length,
            body,
        )
        head, _, content = (await self.exchange(raw)).partition(b"\r\n\r\n")
        with contextlib.suppress(orjson.JSONDecodeError):
            return int(head.split()[1]), head, orjson.loads(content)
        return int(head.split()[1]), head, content


@contextlib.asynccontextmanager
async def running(
    handler: Handler,
    make: Callable[[str], Snapshot] = orders,
    *,
    observers: tuple[Observer, ...] = (),
    timeouts: Timeouts | None = None,
    **options: Any,
) -> AsyncIterator[Running]:
    """A gateway in front of an upstream, both in this process."""
    seen = Seen()
    async with upstream(handler, seen) as port:
        runtime = Runtime(make(f"http://127.0.0.1:{port}"), observers=observers, timeouts=timeouts, **options)
        listener = bind("127.0.0.1", 0)
        number = listener.getsockname()[1]
        async with serving(runtime, listener, grace=1.0) as listening:
            yield Running(runtime, number, seen, listening)
