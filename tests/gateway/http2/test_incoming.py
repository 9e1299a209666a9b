from typing import Any, cast

from h2.events import DataReceived

from gateway.http.runtime import Runtime
from gateway.http2.frames import Error
from gateway.http2.incoming import HELD, Incoming
from gateway.http2.stream import Stream
from gateway.http2.tunnel import Tunnel
from gateway.verdicts import Bounds, Refusal
from tests.gateway.world import orders


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
    held = Stream(cast(Any, None), id)
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
