import asyncio

import pytest
from websockets.asyncio.server import ServerConnection
from websockets.exceptions import ConnectionClosed

from gateway.http.entrance import Entrance, WebSockets
from gateway.websockets.relay import Relay
from tests.gateway.world import until

from .sockets import feed


def test_a_close_goes_through_with_its_code_and_the_place_is_free_again() -> None:
    async def leave(connection: ServerConnection) -> None:
        await connection.close(4000, "enough")

    async def scenario() -> tuple[int, str]:
        async with feed(leave) as gateway, gateway.connect() as client:
            with pytest.raises(ConnectionClosed):
                await client.recv()
            await until(lambda: gateway.runtime.relays.open == 0 and not gateway.runtime.fronts)
            assert client.close_code is not None
            return client.close_code, client.close_reason or ""

    assert asyncio.run(scenario()) == (4000, "enough")


def test_draining_closes_with_1001_also_in_the_middle_of_a_message() -> None:
    told: list[int | None] = []

    async def wait(connection: ServerConnection) -> None:
        async for _ in connection:
            pass
        told.append(connection.close_code)

    async def scenario() -> int | None:
        async with feed(wait) as gateway:
            client = await gateway.connect()
            client.transport.write(b"\x82\xfe\x01\x00mask" + b"x" * 100)  # 256 bytes are announced
            await until(lambda: gateway.runtime.relays.from_clients > 100)
            for front in tuple(gateway.runtime.fronts):
                front.drain()
            with pytest.raises(ConnectionClosed):
                await client.recv()
            return client.close_code

    assert asyncio.run(scenario()) == 1001
    # The upstream was in the middle of a frame that never ended; it is told nothing it could misread.
    assert told in ([], [1006])


def test_draining_tells_both_ends() -> None:
    told: list[int | None] = []
    over = asyncio.Event()

    async def wait(connection: ServerConnection) -> None:
        async for _ in connection:
            pass
        told.append(connection.close_code)
        over.set()

    async def scenario() -> int | None:
        async with feed(wait) as gateway:
            client = await gateway.connect()
            for front in tuple(gateway.runtime.fronts):
                front.drain()
            with pytest.raises(ConnectionClosed):
                await client.recv()
            await over.wait()
            await until(lambda: gateway.runtime.relays.open == 0)
            return client.close_code

    assert asyncio.run(scenario()) == 1001
    assert told == [1001]


@pytest.mark.parametrize("bound", [WebSockets(idle=-1.0), WebSockets(longest=-1.0)], ids=str)
def test_silence_ends_it_and_so_does_its_age(bound: WebSockets) -> None:
    async def scenario() -> int | None:
        async with (
            feed(entrance=Entrance(websockets=bound)) as gateway,
            gateway.connect() as client,
        ):
            gateway.runtime.sweep()
            with pytest.raises(ConnectionClosed):
                await client.recv()
            return client.close_code

    assert asyncio.run(scenario()) == 1001


def test_a_reader_that_does_not_read_holds_the_sender_up() -> None:
    async def pour(connection: ServerConnection) -> None:
        while True:
            await connection.send(b"\0" * 65_536)

    async def scenario() -> tuple[int, int]:
        async with feed(pour) as gateway:
            client = await gateway.connect(compression=None, max_size=None, max_queue=1)
            (relay,) = gateway.runtime.fronts
            assert isinstance(relay, Relay)
            await until(lambda: not relay.upstream.transport.is_reading())  # type: ignore[attr-defined]
            held = gateway.runtime.relays.from_upstreams
            total = 0
            while total < held + 40_000_000:
                total += len(await client.recv())
            client.transport.abort()
            await until(lambda: gateway.runtime.relays.open == 0)
            return held, total

    held, total = asyncio.run(scenario())
    assert held < 40_000_000
    assert total > held


def test_when_one_end_is_gone_so_is_the_other() -> None:
    gone = asyncio.Event()

    async def wait(connection: ServerConnection) -> None:
        try:
            await connection.wait_closed()
        finally:
            gone.set()

    async def scenario() -> None:
        async with feed(wait) as gateway:
            client = await gateway.connect()
            client.transport.abort()
            await gone.wait()
            await until(lambda: gateway.runtime.relays.open == 0)

    asyncio.run(scenario())
