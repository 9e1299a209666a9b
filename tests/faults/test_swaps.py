"""A bundle is swapped, or a gateway is drained, while calls are on their way."""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter

from gateway.http.runtime import Runtime
from gateway.http.server import bind, serving
from tests.gateway.world import (
    GOOD,
    HEADERS,
    Running,
    Seen,
    answering,
    orders,
    until,
    upstream,
)  # fmt: skip


def test_swaps_under_load_drop_no_call_and_keep_the_connections_of_what_does_not_change() -> None:
    """Upstreams come and go while calls are on their way; one stays, and its connections with it."""

    async def scenario() -> tuple[Counter[int], int, int, Counter[int]]:
        seen = [Seen() for _ in range(3)]
        async with contextlib.AsyncExitStack() as stack:
            stays, *others = [
                f"http://127.0.0.1:{await stack.enter_async_context(upstream(answering(201, GOOD), one))}"
                for one in seen
            ]
            runtime = Runtime(orders([stays]))
            listener = bind("127.0.0.1", 0)
            port = listener.getsockname()[1]
            statuses: Counter[int] = Counter()
            going = True

            async def client() -> None:
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
                lines = b"".join(b"%s: %s\r\n" % pair for pair in HEADERS)
                raw = b"POST /erp/v1/orders HTTP/1.1\r\nhost: a\r\n%scontent-length: %d\r\n\r\n%s"
                while going:
                    writer.write(raw % (lines, len(GOOD), GOOD))
                    head = await reader.readuntil(b"\r\n\r\n")
                    assert await reader.readexactly(len(GOOD)) == GOOD
                    statuses[int(head.split()[1])] += 1
                writer.close()

            async with serving(runtime, listener, grace=5.0):
                clients = [asyncio.ensure_future(client()) for _ in range(16)]
                await until(lambda: statuses.total() > 200)
                held = runtime.groups.endpoints[0]
                opened = seen[0].connections
                for turn in range(40):
                    runtime.swap(orders([stays, *others[: turn % 3]]))
                    before = statuses.total()
                    await until(lambda before=before: statuses.total() > before + 50)
                runtime.swap(orders([stays]))
                assert runtime.groups.endpoints == (held,)
                going = False
                await asyncio.gather(*clients)
            served = Counter({number: len(one.heads) for number, one in enumerate(seen)})
            return statuses, opened, seen[0].connections, served

    statuses, opened, connections, served = asyncio.run(scenario())
    assert set(statuses) == {201}
    assert connections <= max(opened, 16), "no connection to what stays was closed by a swap"
    assert all(served[number] for number in range(3))
    assert served.total() == statuses.total(), "none was sent twice"


def test_a_drain_under_load_answers_every_call_that_it_took() -> None:
    arrived = 0
    go_on = asyncio.Event()

    async def handle(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal arrived
        arrived += 1
        await go_on.wait()
        await answering(200, b"[]")(head, reader, writer)

    async def scenario() -> tuple[list[int], bool]:
        async with contextlib.AsyncExitStack() as stack:
            ports = [await stack.enter_async_context(upstream(handle, Seen())) for _ in range(2)]
            runtime = Runtime(orders([f"http://127.0.0.1:{port}" for port in ports]))
            listener = bind("127.0.0.1", 0)
            held = Running(runtime, listener.getsockname()[1], Seen())
            server = serving(runtime, listener, grace=10.0)
            await server.__aenter__()
            calls = [asyncio.ensure_future(held.call("GET", "/erp/v1/orders")) for _ in range(20)]
            await until(lambda: arrived == 20)
            ending = asyncio.ensure_future(server.__aexit__(None, None, None))
            await until(lambda: runtime.draining)
            refused = False
            try:
                await held.call("GET", "/erp/v1/orders")
            except OSError:
                refused = True
            go_on.set()
            statuses = [(await one)[0] for one in calls]
            await ending
            return statuses, refused

    assert asyncio.run(scenario()) == ([200] * 20, True)
