import asyncio

from gateway.upstreams.pool import Pool
from tests.gateway.world import Seen, answering, until, upstream

from .receiver import Caller

REQUEST = b"GET / HTTP/1.1\r\nhost: a\r\n\r\n"


def answer(*parts: bytes, close: bool = True) -> Caller:
    """What is heard of an upstream that sends this and closes."""

    async def handle(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for part in parts:
            writer.write(part)
            await writer.drain()
        if close:
            writer.close()

    async def scenario() -> Caller:
        async with upstream(handle, Seen()) as port:
            caller = Caller()
            Pool(f"http://127.0.0.1:{port}").send(REQUEST, caller, head_only=False)
            await caller.over.wait()
            return caller

    return asyncio.run(scenario())


def test_how_an_answer_can_break_off() -> None:
    assert answer().kind == "unanswered"
    assert answer(b"HTTP/1.1 200 X\r\ncontent-le").kind == "broken"
    assert answer(b"HTTP/1.1 200 X\r\ncontent-length: 9\r\n\r\nabc").kind == "broken"
    assert answer(b"HTTP/1.1 200 X\r\ntransfer-encoding: chunked\r\n\r\n9\r\nabc").kind == "broken"
    assert answer(b"SSH-2.0-x\r\n").kind == "malformed"
    assert answer(b"HTTP/1.1 101 X\r\nupgrade: y\r\nconnection: upgrade\r\n\r\n").kind == "malformed"
    assert answer(b"HTTP/1.1 200 X\r\n" + b"x: y\r\n" * 20_000).kind == "malformed"


def test_heads_and_trailers_are_bounded_and_bodies_are_no_part_of_them() -> None:
    fields = b"x: y\r\n" * 20_000
    whole = answer(b"HTTP/1.1 200 X\r\ncontent-length: 0\r\n" + fields + b"\r\n")
    assert (whole.kind, whole.status) == ("malformed", 0)
    late = answer(b"HTTP/1.1 103 X\r\n\r\nHTTP/1.1 200 X\r\ncontent-length: 0\r\n" + fields + b"\r\n")
    assert (late.kind, late.status) == ("malformed", 0)
    behind = answer(b"HTTP/1.1 200 X\r\ntransfer-encoding: chunked\r\n\r\n0\r\n" + fields + b"\r\n")
    assert behind.kind == "malformed"
    large = answer(b"HTTP/1.1 200 X\r\ncontent-length: 200000\r\n\r\n" + b"x" * 200_000)
    assert (large.kind, large.status, len(large.data)) == ("", 200, 200_000)


def test_an_answer_without_a_length_ends_with_its_connection() -> None:
    caller = answer(b"HTTP/1.1 200 X\r\n\r\n", b"abc")
    assert (caller.status, caller.data, caller.kind) == (200, b"abc", "")


def dropped(length: int) -> tuple[dict[str, int], Caller]:
    """The pool after a call was dropped at its head, and a second call."""
    go_on = asyncio.Event()

    async def handle(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 503 X\r\ncontent-length: %d\r\n\r\n" % length)
        await writer.drain()
        await go_on.wait()
        writer.write(b"x" * length)

    async def scenario() -> tuple[dict[str, int], Caller]:
        async with upstream(handle, Seen()) as port:
            pool = Pool(f"http://127.0.0.1:{port}")
            first, second = Caller(), Caller()
            ticket = pool.send(REQUEST, first, head_only=False)
            await until(lambda: first.status)
            ticket.drop()
            go_on.set()
            await until(lambda: not pool.in_flight)
            counts = pool.counts
            pool.send(REQUEST, second, head_only=False)
            await second.over.wait()
            assert not first.over.is_set()
            assert first.data == b""
            return counts, second

    return asyncio.run(scenario())


def test_the_short_rest_of_an_unwanted_answer_is_read_so_that_the_connection_is_kept() -> None:
    counts, second = dropped(100)
    assert counts == {"open": 1, "idle": 1, "waiting": 0}
    assert (second.status, len(second.data)) == (503, 100)


def test_a_long_rest_is_not_read() -> None:
    counts, second = dropped(100_000)
    assert counts == {"open": 0, "idle": 0, "waiting": 0}
    assert len(second.data) == 100_000


def test_what_comes_before_the_request_is_sent_is_no_answer_to_it() -> None:
    log: list[bytes] = []

    async def scenario() -> tuple[Caller, int]:
        seen = Seen()
        async with upstream(answering(200, b"mine"), seen) as port:
            pool = Pool(f"http://127.0.0.1:{port}")
            first, second = Caller(), Caller()
            pool.send(REQUEST, first, head_only=False)
            await first.over.wait()
            ticket = pool.send(b"POST" + REQUEST[3:], second, head_only=False)
            connection = ticket.connection
            assert connection is not None
            connection.data_received(b"HTTP/1.1 200 X\r\ncontent-length: 6\r\n\r\npoison")
            await second.over.wait()
            log.extend(seen.heads)
            return second, seen.connections

    told, connections = asyncio.run(scenario())
    assert (told.status, told.data, connections) == (200, b"mine", 2)
    assert len(log) == 2  # it was sent once
