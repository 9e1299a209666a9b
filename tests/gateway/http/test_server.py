import asyncio

import pytest

from gateway.http.runtime import Runtime
from gateway.http.server import Taken, bind, serving
from tests.gateway.world import Seen, orders, upstream


def test_a_taken_port_is_named() -> None:
    held = bind("127.0.0.1", 0)
    with pytest.raises(Taken) as caught:
        bind("127.0.0.1", held.getsockname()[1])
    assert caught.value.reason == "Address already in use"
    held.close()


def test_calls_at_hand_end_before_the_server_does() -> None:
    go_on, arrived = asyncio.Event(), asyncio.Event()

    async def handle(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        arrived.set()
        await go_on.wait()
        writer.write(b"HTTP/1.1 200 X\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n[]")

    async def scenario() -> tuple[bytes, bool]:
        async with upstream(handle, Seen()) as port:
            runtime = Runtime(orders(f"http://127.0.0.1:{port}"))
            listener = bind("127.0.0.1", 0)
            number = listener.getsockname()[1]
            async with serving(runtime, listener, grace=5.0):
                reader, writer = await asyncio.open_connection("127.0.0.1", number)
                _, idle = await asyncio.open_connection("127.0.0.1", number)
                writer.write(b"GET /erp/v1/orders HTTP/1.1\r\nhost: a\r\n\r\n")
                await arrived.wait()
                asyncio.get_running_loop().call_later(0.05, go_on.set)
            answer = await reader.read()
            idle.close()
            writer.close()
            try:
                await asyncio.open_connection("127.0.0.1", number)
            except ConnectionRefusedError:
                return answer, True
            return answer, False

    answer, refused = asyncio.run(scenario())
    assert answer.startswith(b"HTTP/1.1 200")
    assert b"connection: close" in answer
    assert refused
