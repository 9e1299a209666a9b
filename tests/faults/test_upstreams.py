"""Upstreams that are slow, silent or broken."""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from typing import Any

import pytest

from gateway.snapshot.operation import Modes
from gateway.snapshot.snapshot import Snapshot
from tests.gateway.world import (
    HEADERS,
    Handler,
    Running,
    Seen,
    answering,
    orders,
    running,
    until,
    upstream,
)  # fmt: skip

GET = b"GET /erp/v1/orders HTTP/1.1\r\nhost: a\r\n\r\n"


def says(*pieces: bytes, every: float = 0.0, then_waits: bool = True) -> Handler:
    """An upstream that says this, piece by piece, and then nothing more."""

    async def handle(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
            if every:
                await asyncio.sleep(every)  # a slow upstream is one that waits
        if then_waits:
            await reader.read()

    return handle


def answered(handler: Handler, said: dict[str, Any], **options: Any) -> tuple[int, str, int]:
    """Status, problem and connections that are left, of one call."""

    async def scenario() -> tuple[int, str, int]:
        async with running(handler, lambda url: orders(url, said=said), **options) as gateway:
            status, _, body = await gateway.call("GET", "/erp/v1/orders")
            (endpoint,) = gateway.runtime.groups.endpoints
            await until(lambda: not endpoint.pool.in_flight)
            return status, body["type"].rpartition(":")[2], endpoint.pool.counts["open"]

    return asyncio.run(scenario())


HEAD = b"HTTP/1.1 200 X\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n"


@pytest.mark.parametrize(
    "handler",
    [
        pytest.param(says(), id="accepts and never answers"),
        pytest.param(says(b"HTTP/1.1 200 X\r\ncontent-ty"), id="half a head"),
        pytest.param(says(HEAD, b"[" + b" " * 100), id="half a body"),
        pytest.param(says(*(HEAD[at : at + 1] for at in range(len(HEAD))), every=0.02), id="a head, byte by byte"),
        pytest.param(says(HEAD, *[b" "] * 1000, every=0.02), id="a body, byte by byte"),
        pytest.param(says(*[b"HTTP/1.1 103 X\r\n\r\n"] * 1000, every=0.02), id="hints without an end"),
    ],
)  # fmt: skip
def test_an_upstream_that_does_not_come_to_an_end_is_given_up(handler: Handler) -> None:
    """By the time limit of the call, however often a byte comes; its connection is not used again."""
    assert answered(handler, {"timeout": 0.3}) == (504, "upstream-timeout", 0)


def test_an_upstream_that_reads_nothing_is_given_up() -> None:
    """A body that is larger than what sockets hold."""

    async def scenario() -> tuple[int, int]:
        held = []

        async def deaf(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            held.append(writer)  # one that nobody holds is closed
            writer.transport.pause_reading()  # type: ignore[attr-defined]

        server = await asyncio.start_server(deaf, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        body = b'{"sku":"%s","quantity":1}' % (b"x" * 9_000_000)
        async with running(
            answering(), lambda _: orders(f"http://127.0.0.1:{port}", said={"timeout": 0.5})
        ) as gateway:
            status = (await gateway.call("POST", "/erp/v1/orders", body, HEADERS))[0]
            (endpoint,) = gateway.runtime.groups.endpoints
            left = endpoint.pool.in_flight
        server.close()
        return status, left

    assert asyncio.run(scenario()) == (504, 0)


def test_slow_calls_do_not_hold_up_the_others() -> None:
    """One upstream hangs; calls to it are bounded, and calls to another go on."""

    async def scenario() -> tuple[Counter[int], int]:
        async with (
            upstream(says(), Seen()) as slow,
            running(answering(200, b"[]"), lambda url: orders(url)) as gateway,
        ):
            hanging = orders(f"http://127.0.0.1:{slow}", said={"in_flight": 5, "timeout": 0.5},
                             text=text("/slow"))  # fmt: skip
            gateway.runtime.swap(both(orders(gateway_url(gateway)), hanging))
            calls = [asyncio.ensure_future(gateway.call("GET", "/slow/orders")) for _ in range(20)]
            quick = [(await gateway.call("GET", "/erp/v1/orders"))[0] for _ in range(5)]
            assert quick == [200] * 5
            statuses = Counter([(await one)[0] for one in calls])
            return statuses, len(gateway.seen.heads)

    statuses, _ = asyncio.run(scenario())
    assert statuses == {504: 5, 503: 15}


def text(base: str) -> str:
    from tests.gateway.world import ORDERS

    return ORDERS.replace("https://api.example/erp/v1", f"https://api.example{base}")


def gateway_url(gateway: Running) -> str:
    (endpoint,) = gateway.runtime.groups.endpoints
    return endpoint.address


def both(*snapshots: Snapshot) -> Snapshot:
    from gateway.snapshot.snapshot import snapshot

    return snapshot([entry for held in snapshots for entry in held.compiled], id="both")


def test_a_response_that_is_not_looked_at_is_cut_where_the_upstream_breaks_off() -> None:
    """What has begun cannot be taken back, and must not look whole."""
    half = b"HTTP/1.1 200 X\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n[1,"

    async def scenario() -> bytes:
        def make(url: str) -> Snapshot:
            return orders(url, modes=Modes("enforce", "off"), said={"retries": {"attempts": 3}})

        async def handle(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(half)
            await writer.drain()
            writer.close()

        async with running(handle, make) as gateway:
            reader, writer = await asyncio.open_connection("127.0.0.1", gateway.port)
            writer.write(GET)
            got = b""
            with contextlib.suppress(ConnectionError):
                while piece := await reader.read(1000):
                    got += piece
            writer.close()
            assert len(gateway.seen.heads) == 1, "it has begun, so it is not tried again"
            return got

    head, _, body = asyncio.run(scenario()).partition(b"\r\n\r\n")
    assert b"content-length: 1000" in head
    assert len(body) < 1000
