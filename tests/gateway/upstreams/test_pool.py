import asyncio
import contextlib
import socket
from time import monotonic

import pytest

from gateway.upstreams.pool import Pool
from gateway.upstreams.receiving import BUSY
from tests.gateway.world import Handler, Seen, answering, until, upstream

from .receiver import Caller

REQUEST = b"GET / HTTP/1.1\r\nhost: a\r\n\r\n"


async def calls(pool: Pool, number: int, **options: bool) -> list[Caller]:
    made = [Caller() for _ in range(number)]
    for caller in made:
        pool.send(REQUEST, caller, head_only=False, **options)
    await asyncio.gather(*(caller.over.wait() for caller in made))
    return made


def test_connections_are_kept_and_bounded() -> None:
    async def scenario() -> tuple[list[Caller], dict[str, int]]:
        async with upstream(answering(200, b"x"), Seen()) as port:
            pool = Pool(f"http://127.0.0.1:{port}", most=3)
            made = await calls(pool, 20) + await calls(pool, 5)
            counts = pool.counts
            pool.close()
            return made, counts

    made, counts = asyncio.run(scenario())
    assert {(caller.status, caller.data) for caller in made} == {(200, b"x")}
    assert counts["open"] <= 3
    assert counts["idle"] == counts["open"]


def test_there_is_an_end_to_waiting() -> None:
    async def scenario() -> list[Caller]:
        async with upstream(answering(200, b"x"), Seen()) as port:
            pool = Pool(f"http://127.0.0.1:{port}", most=1, waiting=2)
            made = [Caller() for _ in range(6)]
            for caller in made:
                pool.send(REQUEST, caller, head_only=False)
            assert pool.full
            await asyncio.gather(*(caller.over.wait() for caller in made))
            assert not pool.full
            pool.close()
            return made

    assert [caller.failed for caller in asyncio.run(scenario())].count(BUSY) == 3


def test_a_given_up_call_hears_nothing_more_and_its_connection_is_not_used_again() -> None:
    async def silent(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()

    handler: Handler = silent

    async def scenario() -> tuple[Caller, dict[str, int]]:
        async with upstream(handler, Seen()) as port:
            pool = Pool(f"http://127.0.0.1:{port}")
            caller = Caller()
            ticket = pool.send(REQUEST, caller, head_only=False)
            await until(lambda: ticket.connection is not None)
            ticket.cancel()
            await asyncio.sleep(0.05)
            return caller, pool.counts

    caller, counts = asyncio.run(scenario())
    assert not caller.over.is_set()
    assert counts == {"open": 0, "idle": 0, "waiting": 0}


def test_early_hints_are_not_the_answer() -> None:
    async def handle(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 103 Early\r\nlink: x\r\n\r\nHTTP/1.1 204 X\r\n\r\n")

    async def scenario() -> list[Caller]:
        async with upstream(handle, Seen()) as port:
            return await calls(Pool(f"http://127.0.0.1:{port}"), 1)

    (caller,) = asyncio.run(scenario())
    assert (caller.status, caller.failed) == (204, None)


_POISON = b"HTTP/1.1 200 X\r\ncontent-length: 6\r\n\r\npoison"


@pytest.mark.parametrize(
    "more", [_POISON, _POISON[:30], b"H", b"\r\n" + _POISON, b"\x00", b"HTTP/1.1 100 X\r\n\r\n"]
)
@pytest.mark.parametrize(
    "framing", [b"content-length: 1\r\n\r\nx", b"transfer-encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n"]
)
def test_what_follows_an_answer_is_nobodys(framing: bytes, more: bytes) -> None:
    """Neither that of the call which waits for the connection, nor of the next one."""

    async def handle(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 X\r\n" + framing + more)

    async def scenario() -> tuple[list[Caller], int]:
        seen = Seen()
        async with upstream(handle, seen) as port:
            pool = Pool(f"http://127.0.0.1:{port}", most=1)
            waiting = await calls(pool, 3)
            return waiting + await calls(pool, 1), seen.connections

    told, connections = asyncio.run(scenario())
    assert [caller.data for caller in told] == [b"x"] * 4
    assert connections == 4


def test_a_stale_connection_is_replaced_for_what_may_be_sent_twice() -> None:
    served = 0

    async def handle(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal served
        served += 1
        if served % 2 == 0:
            writer.close()
            return
        writer.write(b"HTTP/1.1 200 X\r\ncontent-length: 1\r\n\r\nx")

    async def scenario() -> list[str]:
        async with upstream(handle, Seen()) as port:
            pool = Pool(f"http://127.0.0.1:{port}")
            told = []
            for repeatable in (True, True, False):
                (caller,) = await calls(pool, 1, repeatable=repeatable)
                told.append(caller.kind)
            return told

    assert asyncio.run(scenario()) == ["", "", "unanswered"]


def test_a_closed_pool_serves_who_waits_and_keeps_nothing() -> None:
    """A bundle is swapped while a call opens its connection."""

    async def scenario() -> tuple[Caller, dict[str, int]]:
        async with upstream(answering(200, b"x"), Seen()) as port:
            pool = Pool(f"http://127.0.0.1:{port}")
            caller = Caller()
            pool.send(REQUEST, caller, head_only=False)
            pool.close()
            await caller.over.wait()
            await until(lambda: not pool.counts["open"])
            return caller, pool.counts

    caller, counts = asyncio.run(scenario())
    assert (caller.status, caller.failed) == (200, None)
    assert counts == {"open": 0, "idle": 0, "waiting": 0}


def test_who_waited_too_long_is_turned_away() -> None:
    async def silent(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()

    async def scenario() -> list[str]:
        async with upstream(silent, Seen()) as port:
            pool = Pool(f"http://127.0.0.1:{port}", most=1, patience=3.0)
            held, waiting = Caller(), Caller()
            ticket = pool.send(REQUEST, held, head_only=False)
            await until(lambda: ticket.connection is not None)
            pool.send(REQUEST, waiting, head_only=False)
            now = monotonic()
            pool.sweep(now + 2.0)
            assert not waiting.over.is_set()
            pool.sweep(now + 4.0)
            await waiting.over.wait()
            ticket.cancel()
            return [held.kind, waiting.kind]

    assert asyncio.run(scenario()) == ["", "busy"]


def test_why_there_is_no_connection_is_told() -> None:
    async def scenario() -> tuple[str, str]:
        (refused,) = await calls(Pool("http://127.0.0.1:9"), 1)
        server = await asyncio.start_server(
            lambda _, writer: writer.write(b"no TLS here\r\n"), "127.0.0.1", 0
        )
        port = server.sockets[0].getsockname()[1]
        (untrusted,) = await calls(Pool(f"https://127.0.0.1:{port}"), 1)
        server.close()
        return refused.kind, untrusted.kind

    assert asyncio.run(scenario()) == ("connect", "tls")


def test_a_connection_that_is_not_taken_is_given_up() -> None:
    """A listener whose queue is full: the kernel answers nothing."""

    async def scenario() -> str:
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            listener.listen(0)
            address = listener.getsockname()
            with contextlib.ExitStack() as stack:
                for _ in range(4):
                    held = stack.enter_context(socket.socket())
                    held.setblocking(False)
                    held.connect_ex(address)
                pool = Pool(f"http://127.0.0.1:{address[1]}", connect_timeout=0.2)
                (caller,) = await calls(pool, 1)
                return caller.kind

    assert asyncio.run(scenario()) == "connect-timeout"
