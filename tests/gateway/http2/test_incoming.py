import asyncio
from types import SimpleNamespace
from typing import Any, cast

from h2.events import DataReceived

from gateway.http.runtime import Runtime
from gateway.http2.frames import Error
from gateway.http2.incoming import HELD, Incoming
from gateway.http2.machine import WINDOW
from gateway.http2.stream import Stream
from gateway.http2.tunnel import Tunnel
from gateway.verdicts import Bounds, Refusal
from tests.gateway.world import GOOD, answering, orders

from .speaking import GET, OK, POST, speaking


class Windows:
    """What is said to the library about windows: acknowledged, or given back for a stream (0: the connection)."""

    def __init__(self) -> None:
        self.acknowledged: list[tuple[int, int]] = []
        self.opened: list[tuple[int, int]] = []

    def acknowledge_received_data(self, size: int, stream: int) -> None:
        self.acknowledged.append((size, stream))

    def increment_flow_control_window(self, size: int, stream: int = 0) -> None:
        self.opened.append((size, stream))


class Asked:
    """An exchange whose body is awaited."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []


def made() -> tuple[Incoming, Windows]:
    windows = Windows()
    runtime = Runtime(orders(bounds=Bounds(request_body=100)))
    return Incoming(cast(Any, windows), runtime), windows


def stream(id: int = 1, *, tunnel: bool = False, length: int | None = None) -> Stream:
    held = Stream(cast(Any, SimpleNamespace(outgoing=None)), id)
    held.exchange = cast(Any, Asked())
    held.length = length
    held.tunnel = Tunnel(held) if tunnel else None
    return held


def data(size: int, *, padding: int = 0, id: int = 1) -> DataReceived:
    return DataReceived(stream_id=id, data=b"x" * size, flow_controlled_length=size + padding)


def test_a_body_is_gathered_and_its_window_goes_on() -> None:
    incoming, windows = made()
    held = stream()
    assert incoming.take(held, data(60, padding=5)) is None
    assert cast(Any, held.exchange).parts == [b"x" * 60]
    assert (held.size, held.held, incoming.gathered) == (60, 60, 60)
    assert (windows.acknowledged, windows.opened) == ([(65, 1)], [])
    incoming.forget(held)
    assert incoming.gathered == 0


def test_what_is_for_nobody_opens_the_windows_all_the_same() -> None:
    incoming, windows = made()
    discarding = stream()
    discarding.discarding = True
    for held in (None, discarding):
        assert incoming.take(held, data(500)) is None
    assert windows.acknowledged == [(500, 1), (500, 1)]
    assert incoming.gathered == 0


def test_a_body_is_bounded_by_its_length_its_own_bound_and_that_of_all() -> None:
    incoming, _ = made()
    assert incoming.take(stream(length=10), data(11)) == Error.PROTOCOL_ERROR
    refusal = incoming.take(stream(), data(101))
    assert isinstance(refusal, Refusal)
    assert refusal.status == 413
    for id in range(HELD):
        assert incoming.take(stream(id), data(100)) is None
    refusal = incoming.take(stream(9), data(1))
    assert isinstance(refusal, Refusal)
    assert refusal.status == 503


def test_what_a_websocket_cannot_pass_on_closes_its_own_window_only() -> None:
    incoming, windows = made()
    held = stream(tunnel=True)
    assert incoming.take(held, data(60, padding=5)) is None
    assert (windows.acknowledged, windows.opened) == ([], [(65, 0)])
    assert incoming.gathered == 65
    incoming.pass_on(held)
    assert windows.opened == [(65, 0), (65, 1)]
    assert incoming.gathered == 0
    incoming.take(held, data(10))
    held.complete = True  # its client sends nothing more, so nothing more may come
    incoming.pass_on(held)
    assert windows.opened == [(65, 0), (65, 1), (10, 0)]


def test_what_websockets_keep_is_bounded_for_the_connection() -> None:
    incoming, _ = made()
    for id in range(HELD):
        assert incoming.take(stream(id, tunnel=True), data(100, id=id)) is None
    assert incoming.take(stream(9, tunnel=True), data(1)) == Error.ENHANCE_YOUR_CALM


def test_a_body_beyond_the_bound_is_answered_before_its_end() -> None:
    async def scenario() -> tuple[int, int | None, int]:
        async with speaking(OK, lambda url: orders(url, bounds=Bounds(request_body=1000))) as (
            client,
            gateway,
        ):
            found = await client.answer(client.ask(POST, b"x" * 1500, end=False))
            while found.reset is None:
                await client.hear()
            again = await client.answer(client.ask())
            assert gateway.seen.heads != []
            return found.status, found.reset, again.status

    assert asyncio.run(scenario()) == (413, Error.NO_ERROR, 200)


def test_a_refused_request_does_not_wait_for_its_body() -> None:
    async def scenario() -> int:
        async with speaking(OK) as (client, _):
            fields = [(":method", "POST"), *GET[1:3], (":path", "/nothing")]
            return (await client.answer(client.ask(fields, b"x", end=False))).status

    assert asyncio.run(scenario()) == 404


def test_bodies_that_are_gathered_are_bounded_together() -> None:
    bounds = Bounds(request_body=60_000)

    async def scenario() -> list[int]:
        async with speaking(OK, lambda url: orders(url, bounds=bounds)) as (client, _):
            streams = []
            for _ in range(5):
                streams.append(client.ask(POST, b"x" * 15_000, end=False))
                for _ in range(3):
                    client.h2.send_data(streams[-1], b"x" * 15_000)
                    client.flush()
                    await client.hear() if client.h2.outbound_flow_control_window < 20_000 else None
            return [(await client.answer(streams[-1])).status]

    assert asyncio.run(scenario()) == [503]


def test_more_than_a_window_of_a_body_is_taken() -> None:
    body = b'{"sku":"' + b"a" * (3 * WINDOW) + b'","quantity":1}'

    async def scenario() -> tuple[int, int]:
        async with speaking(answering(201, GOOD)) as (client, gateway):
            stream = client.ask(POST, end=False)
            sent = 0
            while sent < len(body):
                room = min(client.h2.local_flow_control_window(stream), client.h2.max_outbound_frame_size)
                if room:
                    piece = body[sent : sent + room]
                    sent += len(piece)
                    client.h2.send_data(stream, piece, end_stream=sent == len(body))
                    client.flush()
                else:
                    await client.hear()
            found = await client.answer(stream)
            return found.status, len(gateway.seen.bodies[0])

    assert asyncio.run(scenario()) == (201, len(body))
