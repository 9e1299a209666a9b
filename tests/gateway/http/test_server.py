import asyncio
import os
import signal

import pytest

from gateway.http.runtime import Runtime
from gateway.http.server import Taken, bind, serving, until_told
from tests.gateway.world import Seen, answering, orders, until, upstream


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


def test_a_request_that_is_on_its_way_when_the_end_begins_is_answered() -> None:
    async def scenario() -> tuple[bytes, bytes]:
        async with upstream(answering(200, b"[]"), Seen()) as port:
            runtime = Runtime(orders(f"http://127.0.0.1:{port}"))
            listener = bind("127.0.0.1", 0)
            number = listener.getsockname()[1]
            async with serving(runtime, listener, grace=10.0):
                reader, writer = await asyncio.open_connection("127.0.0.1", number)
                idle, other = await asyncio.open_connection("127.0.0.1", number)
                await until(lambda: len(runtime.fronts) == 2)
                moment, real = runtime.now(), runtime.now
                runtime.now = lambda: moment  # however slow the machine is

                async def late() -> bytes:
                    await until(lambda: runtime.draining)
                    writer.write(b"GET /erp/v1/orders HTTP/1.1\r\nhost: a\r\n\r\n")
                    answer = await reader.read()
                    runtime.now = real
                    return answer

                answering_late = asyncio.create_task(late())
            # Nobody was cut off: the idle one was closed after a moment, long before the grace was over.
            found = await answering_late, await idle.read()
            writer.close()
            other.close()
            return found

    answer, nothing = asyncio.run(scenario())
    assert answer.startswith(b"HTTP/1.1 200")
    assert b"connection: close" in answer
    assert nothing == b""


def test_several_may_listen_on_a_port_that_is_shared() -> None:
    first = bind("127.0.0.1", 0, shared=True)
    number = first.getsockname()[1]
    second = bind("127.0.0.1", number, shared=True)
    with pytest.raises(Taken):
        bind("127.0.0.1", number)
    first.close()
    second.close()


def test_it_is_told_to_end_and_to_reload() -> None:
    reloads = 0

    async def scenario() -> None:
        async def reload() -> None:
            nonlocal reloads
            reloads += 1

        waiting = asyncio.create_task(until_told(reload))
        await asyncio.sleep(0)
        os.kill(os.getpid(), signal.SIGHUP)
        await until(lambda: reloads == 1)
        assert not waiting.done()
        os.kill(os.getpid(), signal.SIGTERM)
        await waiting
        for number in (signal.SIGHUP, signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().remove_signal_handler(number)

    asyncio.run(scenario())
