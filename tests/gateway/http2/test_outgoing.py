import asyncio
from typing import Any, cast

from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.events import DataReceived, ResponseReceived

from gateway.http2.frames import Allowance
from gateway.http2.machine import machine
from gateway.http2.outgoing import Outgoing
from gateway.http2.stream import Stream
from tests.gateway.world import until

from .speaking import GET, OK, frame, speaking


class Written:
    """A transport that keeps what is written to it."""

    def __init__(self) -> None:
        self.writes: list[bytes] = []

    def write(self, data: bytes) -> None:
        self.writes.append(data)


class Waiting:
    """A stream with so many frames that wait."""

    def __init__(self, name: str, pending: int, order: list[str]) -> None:
        self.name, self.pending, self.order = name, pending, order

    def push(self) -> bool:
        if not self.pending:
            return False
        self.pending -= 1
        self.order.append(self.name)
        return True


def made() -> tuple[Outgoing, H2Connection, Allowance]:
    """What goes out to a client, and that client with one request asked."""
    client = H2Connection(H2Configuration(header_encoding="utf-8"))
    client.initiate_connection()
    client.send_headers(1, GET, end_stream=True)
    server = machine(16_384, 10)
    server.initiate_connection()
    server.receive_data(client.data_to_send())
    windows = Allowance(10, 0, 0.0)
    outgoing = Outgoing(server, windows)
    outgoing.transport = cast(Any, Written())
    return outgoing, client, windows


def written(outgoing: Outgoing) -> list[bytes]:
    return cast(Any, outgoing.transport).writes  # type: ignore[no-any-return]


def test_an_answer_is_written_when_it_is_flushed_with_a_frame_behind_it() -> None:
    outgoing, client, _ = made()
    outgoing.head(1, [(b":status", b"200")], ended=False)
    outgoing.data(1, b"abc", ended=True)
    assert written(outgoing) == []
    ping = frame(6, b"12345678")
    outgoing.flush(ping)
    outgoing.flush()
    (data,) = written(outgoing)
    assert data.endswith(ping)
    events = client.receive_data(data)
    assert [event.data for event in events if isinstance(event, DataReceived)] == [b"abc"]
    assert any(isinstance(event, ResponseReceived) for event in events)


def test_nothing_is_written_to_a_connection_that_is_gone() -> None:
    outgoing, _, _ = made()
    held = written(outgoing)
    outgoing.transport = None
    outgoing.head(1, [(b":status", b"200")], ended=True)
    outgoing.flush()
    assert held == []


def test_room_is_what_the_windows_and_a_frame_leave_and_none_while_the_socket_is_full() -> None:
    outgoing, _, _ = made()
    outgoing.head(1, [(b":status", b"200")], ended=False)
    assert outgoing.room(1) == 16_384, "a frame"
    for _ in range(3):
        outgoing.data(1, b"x" * 16_384, ended=False)
    assert outgoing.room(1) == 65_535 - 3 * 16_384, "what is left of the window"
    outgoing.blocked = True
    assert outgoing.room(1) == 0


def test_who_is_sent_data_may_answer_with_window_updates() -> None:
    outgoing, _, windows = made()
    assert all(windows.take(0.0) for _ in range(10))
    assert not windows.take(0.0)
    outgoing.head(1, [(b":status", b"200")], ended=False)
    for _ in range(2):
        outgoing.data(1, b"x", ended=False)
    assert windows.take(0.0)


def test_what_waits_is_sent_a_frame_of_each_stream_in_turn() -> None:
    outgoing, _, _ = made()
    order: list[str] = []
    streams = [Waiting("a", 3, order), Waiting("b", 0, order), Waiting("c", 1, order)]
    outgoing.push(cast("list[Stream]", streams))
    assert order == ["a", "c", "a", "a"]


def test_what_is_answered_too_late_is_held_for_nobody() -> None:
    known = asyncio.Event()

    async def later(request: Any) -> Any:
        await known.wait()
        return 200, [], b"x" * 100_000

    async def scenario() -> int:
        async with speaking(OK) as (client, gateway):
            gateway.runtime.admin = later
            await client.hear()
            stream = client.ask([*GET[:3], (":path", "/-/metrics")])
            (front,) = gateway.runtime.fronts
            await until(lambda: front._streams)  # type: ignore[attr-defined]
            client.h2.reset_stream(stream)
            client.flush()
            await until(lambda: not front._streams)  # type: ignore[attr-defined]
            known.set()
            assert (await client.answer(client.ask())).status == 200
            return int(front.outgoing.held)  # type: ignore[attr-defined]

    assert asyncio.run(scenario()) == 0
