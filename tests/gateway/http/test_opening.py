import asyncio
import contextlib

import httpx
import pytest

from gateway.http.entrance import Entrance, Http2
from gateway.http.runtime import Timeouts
from gateway.http2.frames import PREFACE
from tests.gateway.world import answering, running, until

OK = answering(200, b"[]")
BOTH = Entrance(http2=Http2(cleartext=True))


@pytest.mark.parametrize(("http2", "version"), [(True, "HTTP/2"), (False, "HTTP/1.1")])
def test_the_first_bytes_decide(http2: bool, version: str) -> None:
    async def scenario() -> str:
        async with (
            running(OK, entrance=BOTH) as gateway,
            httpx.AsyncClient(http1=not http2, http2=http2) as client,
        ):
            return (await client.get(f"http://127.0.0.1:{gateway.port}/erp/v1/orders")).http_version

    assert asyncio.run(scenario()) == version


def test_http_2_that_was_not_allowed_is_no_http() -> None:
    async def scenario() -> bytes:
        async with running(OK) as gateway:
            return await gateway.exchange(PREFACE)

    assert asyncio.run(scenario()).startswith(b"HTTP/1.1 400")


@pytest.mark.parametrize("size", [1, 2, 3, 30])
def test_however_few_bytes_come_first(size: int) -> None:
    raw = b"PUT /erp/v1/orders HTTP/1.1\r\nhost: a\r\n\r\n"  # begins as the preface does

    async def scenario() -> bytes:
        async with running(OK, entrance=BOTH) as gateway:
            reader, writer = await asyncio.open_connection("127.0.0.1", gateway.port)
            writer.transport.set_write_buffer_limits(0)
            for start in range(0, len(raw), size):
                writer.write(raw[start : start + size])
                await writer.drain()
            answer = await reader.readuntil(b"\r\n")
            writer.close()
            return answer

    assert asyncio.run(scenario()).startswith(b"HTTP/1.1 405")


def test_who_says_nothing_is_not_waited_for() -> None:
    async def scenario() -> bytes:
        async with running(OK, entrance=BOTH, timeouts=Timeouts(head=-1.0)) as gateway:
            reader, writer = await asyncio.open_connection("127.0.0.1", gateway.port)
            writer.write(b"P")
            await until(lambda: gateway.runtime.fronts)
            gateway.runtime.sweep()
            answer = b""
            with contextlib.suppress(ConnectionError):
                answer = await reader.read()
            await until(lambda: not gateway.runtime.fronts)
            writer.close()
            return answer

    assert asyncio.run(scenario()) == b""
