"""Callers that send or read slowly, or keep memory with what they do not finish."""

from __future__ import annotations

import asyncio
import contextlib

from gateway.http.runtime import Timeouts
from gateway.pressure import Shedding
from tests.gateway.world import (
    GOOD,
    HEADERS,
    answering,
    running,
    until,
)  # fmt: skip

GET = b"GET /erp/v1/orders HTTP/1.1\r\nhost: a\r\n\r\n"
BIG = b"[" + b",".join([GOOD] * 20_000) + b"]"


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
