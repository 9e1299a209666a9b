"""Upstreams and callers that are slow, silent or broken, and a bundle that is swapped while calls are on their way."""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from gateway.http.runtime import Runtime, Timeouts
from gateway.http.server import bind, serving
from gateway.idempotency.settings import Keeping
from gateway.pressure import Shedding
from gateway.snapshot.operation import Modes
from gateway.snapshot.snapshot import Snapshot
from tests.gateway import redis_server
from tests.gateway.world import (
    GOOD,
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
BIG = b"[" + b",".join([GOOD] * 20_000) + b"]"


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


# Callers


def trickled(start: bytes, timeouts: Timeouts) -> tuple[bytes, int]:
    """What a caller is answered that begins a request and goes on byte by byte; and the bytes that it could send."""

    async def scenario() -> tuple[bytes, int]:
        async with running(answering(200, b"[]"), timeouts=timeouts) as gateway:
            reader, writer = await asyncio.open_connection("127.0.0.1", gateway.port)
            writer.write(start)
            answer = asyncio.ensure_future(reader.read())
            sent = 0
            while not answer.done():
                writer.write(b" ")
                sent += 1
                await asyncio.wait([answer], timeout=0.02)  # a slow caller is one that waits
            writer.close()
            assert gateway.seen.heads == []
            # What is sent to a closed connection resets it; the answer may be lost by that.
            return b"" if answer.exception() is not None else answer.result(), sent

    return asyncio.run(scenario())


def test_a_caller_that_sends_its_head_byte_by_byte_is_given_up() -> None:
    answer, sent = trickled(b"GET /erp/v1/orders HTTP/1.1\r\nx: ", Timeouts(head=0.3))
    assert answer[:13] in (b"HTTP/1.1 408 ", b"")
    assert sent < 1000


def test_a_caller_that_sends_its_body_byte_by_byte_is_given_up() -> None:
    lines = b"".join(b"%s: %s\r\n" % pair for pair in HEADERS)
    head = b"POST /erp/v1/orders HTTP/1.1\r\nhost: a\r\n%scontent-length: 200000\r\n\r\n" % lines
    answer, sent = trickled(head, Timeouts(head=60.0, body=0.3))
    assert answer[:13] in (b"HTTP/1.1 408 ", b"")
    assert sent < 1000


def test_a_caller_that_reads_nothing_of_a_stream_holds_the_upstream_back_and_is_cut_off() -> None:
    sent = 0

    async def handle(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal sent
        writer.write(b"HTTP/1.1 200 X\r\ncontent-type: text/event-stream\r\n\r\n")
        with contextlib.suppress(ConnectionError):
            while True:
                writer.write(b"x" * 65_536)
                await writer.drain()
                sent += 65_536

    async def scenario() -> tuple[int, int]:
        async with running(handle, timeouts=Timeouts(stream=0.5)) as gateway:
            _, writer = await asyncio.open_connection("127.0.0.1", gateway.port, limit=1024)
            writer.write(b"GET /erp/v1/events HTTP/1.1\r\nhost: a\r\n\r\n")
            await until(lambda: gateway.runtime.fronts)
            await gateway.runtime.empty.wait()  # the caller is cut off
            (endpoint,) = gateway.runtime.groups.endpoints
            await until(lambda: not endpoint.pool.counts["open"])
            writer.close()
            return sent, endpoint.pool.in_flight

    passed, left = asyncio.run(scenario())
    assert 0 < passed < 32 * 1024 * 1024, "what sockets and buffers hold, and no more"
    assert left == 0


def test_a_caller_that_does_not_fetch_its_answer_is_cut_off() -> None:
    async def scenario() -> int:
        async with running(answering(200, BIG), timeouts=Timeouts(idle=0.3)) as gateway:
            _, writer = await asyncio.open_connection("127.0.0.1", gateway.port, limit=1024)
            for _ in range(30):
                writer.write(GET)
            await until(lambda: len(gateway.seen.heads) > 5)
            await gateway.runtime.empty.wait()
            writer.close()
            return len(gateway.runtime.fronts)

    assert asyncio.run(scenario()) == 0


def test_callers_that_fill_the_memory_with_halves_of_bodies_keep_others_out_and_nothing_falls_over() -> None:
    """They are given up in time, and then calls pass again."""

    async def scenario() -> tuple[list[int], int]:
        async with running(
            answering(200, b"[]"), timeouts=Timeouts(body=1.5), shedding=Shedding(bytes=4 * 1024 * 1024)
        ) as gateway:
            lines = b"".join(b"%s: %s\r\n" % pair for pair in HEADERS)
            head = b"POST /erp/v1/orders HTTP/1.1\r\nhost: a\r\n%scontent-length: 2000000\r\n\r\n" % lines
            writers = []
            for _ in range(4):
                _, writer = await asyncio.open_connection("127.0.0.1", gateway.port)
                writer.write(head + b" " * 1_500_000)
                writers.append(writer)
            await until(lambda: gateway.runtime.pressed)
            held = gateway.runtime.pressure.held
            told = [(await gateway.call("GET", "/erp/v1/orders"))[0]]
            await until(lambda: not gateway.runtime.pressed)
            told.append((await gateway.call("GET", "/erp/v1/orders"))[0])
            for writer in writers:
                writer.close()
            return told, held

    told, held = asyncio.run(scenario())
    assert told == [503, 200]
    assert 4 * 1024 * 1024 < held <= 6_100_000


# Swaps


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


# Redis


KEYS = {"operations": {"POST /orders": {"idempotency": "accept"}}}


def test_redis_dies_while_a_call_with_a_key_is_on_its_way(tmp_path: Path) -> None:
    """Its caller has its answer. Who asks again is refused while nobody can tell, and later too: the key is claimed."""
    arrived, go_on = asyncio.Event(), asyncio.Event()

    async def handle(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        arrived.set()
        await go_on.wait()
        await answering(201, GOOD)(head, reader, writer)

    async def scenario(server: redis_server.Server) -> tuple[list[tuple[int, str]], int]:
        async with running(
            handle, lambda url: orders(url, said=KEYS), keeping=Keeping(redis=server.url)
        ) as gateway:
            first = asyncio.ensure_future(gateway.call("POST", "/erp/v1/orders", GOOD, HEADERS))
            await arrived.wait()
            await asyncio.to_thread(server.stop)
            go_on.set()
            told = [await first, await gateway.call("POST", "/erp/v1/orders", GOOD, HEADERS)]
            await asyncio.to_thread(server.go_on)
            while True:
                answer = await gateway.call("POST", "/erp/v1/orders", GOOD, HEADERS)
                if answer[0] != 503:
                    break
            told.append(answer)
            made = len(gateway.seen.heads)
            await gateway.runtime.replays.close()
        return [(status, body.get("type", "").rpartition(":")[2]) for status, _, body in told], made

    with redis_server.serving(tmp_path) as server:
        told, made = asyncio.run(scenario(server))
    assert told == [(201, ""), (503, "idempotency-unavailable"), (409, "idempotency-in-flight")]
    assert made == 1


def test_without_redis_and_with_leave_keys_are_kept_here(tmp_path: Path) -> None:
    async def scenario(url: str) -> tuple[list[int], int]:
        keeping = Keeping(redis=url, when_away="allow-local")
        async with running(
            answering(201, GOOD), lambda held: orders(held, said=KEYS), keeping=keeping
        ) as gateway:
            statuses = [(await gateway.call("POST", "/erp/v1/orders", GOOD, HEADERS))[0] for _ in range(3)]
            made = len(gateway.seen.heads)
            await gateway.runtime.replays.close()
            return statuses, made

    with redis_server.serving(tmp_path) as server:
        server.kill()
        assert asyncio.run(scenario(server.url)) == ([201] * 3, 1)


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
