import asyncio
import contextlib
from typing import Any

import pytest
from websockets.asyncio.server import ServerConnection
from websockets.exceptions import ConnectionClosed

from gateway.http2.frames import Error
from gateway.http2.machine import WINDOW
from gateway.http2.tunnel import Tunnel
from gateway.verdicts import Bounds
from tests.gateway.http2.speaking import frame, speaking
from tests.gateway.websockets.in_streams import CONNECT, OFFERED, connected, open_in
from tests.gateway.websockets.sockets import TEXT
from tests.gateway.world import orders, until

PLAIN = [(":method", "GET"), (":scheme", "http"), (":authority", "gateway"), (":path", "/plain")]


async def wait(connection: ServerConnection) -> None:
    """Takes messages until the end."""
    with contextlib.suppress(ConnectionClosed):
        async for _ in connection:
            pass


def test_messages_go_both_ways_beside_other_calls() -> None:
    async def scenario() -> list[bool]:
        async with connected() as (client, gateway):
            sockets = [await open_in(client) for _ in range(3)]
            assert {socket.answered.status for socket in sockets} == {200}
            assert gateway.runtime.relays.open == 3
            found = []
            for message in (b"position", b"x" * 300_000, b"last"):
                for socket in sockets:
                    await socket.send(message)
                for socket in sockets:
                    found += [held == message for held in await socket.receive()]
            missing = await client.answer(client.ask([*PLAIN[:3], (":path", "/nothing")]))
            assert missing.status == 404
            for socket in sockets:
                socket.protocol.send_close(1000)
                await socket.write(b"".join(socket.protocol.data_to_send()))
                assert await socket.receive() == []
                assert socket.protocol.close_code == 1000
            await until(lambda: gateway.runtime.relays.open == 0)
            return found

    assert asyncio.run(scenario()) == [True] * 9


def test_what_is_sent_before_the_answer_is_kept_for_the_upstream() -> None:
    async def scenario() -> list[bytes]:
        async with connected() as (client, _):
            early = b"\x81\x85\0\0\0\0early"
            socket = await open_in(client, more=[early[:4], early[4:]])
            return await socket.receive()

    assert asyncio.run(scenario()) == [b"early"]


@pytest.mark.parametrize("how", ["reset", "end", "connection", "trailers", "block"])
def test_when_the_client_goes_so_does_the_upstream(how: str) -> None:
    gone = asyncio.Event()

    async def hold(connection: ServerConnection) -> None:
        await wait(connection)
        gone.set()

    async def scenario() -> None:
        async with connected(hold) as (client, gateway):
            socket = await open_in(client)
            if how == "reset":
                client.h2.reset_stream(socket.stream, Error.CANCEL)
            elif how == "end":
                client.h2.end_stream(socket.stream)
            elif how == "trailers":
                client.h2.send_headers(socket.stream, [("x", "y")], end_stream=True)
            elif how == "block":
                block = client.h2.encoder.encode([("x", "y")])
                client.writer.write(frame(1, block, flags=4, stream=socket.stream))
            else:
                client.writer.transport.abort()
            client.flush()
            await gone.wait()
            await until(lambda: gateway.runtime.relays.open == 0)
            if how in ("trailers", "block"):
                assert (await client.answer(socket.stream)).reset == Error.PROTOCOL_ERROR
            if how == "end":
                assert (await client.answer(socket.stream)).whole
            if how != "connection":
                assert (await open_in(client)).answered.status == 200

    asyncio.run(scenario())


@pytest.mark.parametrize("how", ["reset", "connection"])
def test_a_client_that_goes_during_the_handshake_frees_the_upstream(how: str) -> None:
    gone = asyncio.Event()

    async def hold(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        gone.set()

    async def scenario() -> None:
        async with speaking(hold, lambda url: orders(url, text=TEXT), entrance=OFFERED) as (client, gateway):
            await client.hear()
            stream = client.ask(CONNECT, end=False)
            await until(lambda: gateway.seen.heads)
            if how == "reset":
                client.h2.reset_stream(stream)
                client.flush()
            else:
                client.writer.transport.abort()
            await gone.wait()

    asyncio.run(scenario())


def test_an_upstream_that_goes_ends_the_stream() -> None:
    async def leave(connection: ServerConnection) -> None:
        await connection.send("bye")
        await connection.close(4000, "enough")

    async def scenario() -> tuple[list[bytes], int | None, bool]:
        async with connected(leave) as (client, gateway):
            socket = await open_in(client)
            messages = await socket.receive()
            await socket.receive()
            await until(lambda: gateway.runtime.relays.open == 0)
            while not socket.answered.whole:
                await client.hear()
            return messages, socket.protocol.close_code, client.closed

    assert asyncio.run(scenario()) == ([b"bye"], 4000, False)


def test_draining_tells_both_ends_and_the_connection_ends() -> None:
    told: list[int | None] = []

    async def hold(connection: ServerConnection) -> None:
        await wait(connection)
        told.append(connection.close_code)

    async def scenario() -> tuple[int | None, bool]:
        async with connected(hold) as (client, gateway):
            socket = await open_in(client)
            for front in tuple(gateway.runtime.fronts):
                front.drain()
            assert await socket.receive() == []
            await until(lambda: gateway.runtime.relays.open == 0)
            (front,) = gateway.runtime.fronts
            moment = front.deadline + 0.001
            gateway.runtime.now = lambda: moment
            front.expire()
            await client.to_the_end()
            return socket.protocol.close_code, client.closed

    assert asyncio.run(scenario()) == (1001, True)
    assert told == [1001]


def test_an_upstream_that_does_not_read_holds_up_its_own_client_only() -> None:
    over = asyncio.Event()

    async def deaf(connection: ServerConnection) -> None:
        connection.transport.pause_reading()
        await over.wait()
        connection.transport.abort()

    async def scenario() -> tuple[int, int, int]:
        async with connected(deaf, grace=0.1) as (client, gateway):
            socket = await open_in(client)
            piece = b"\x82\xfe\x3f\xf0" + b"\0" * (4 + 16_368)
            sent = 0
            # Until the window of the stream is closed; that of the connection is not.
            while client.h2._get_stream_by_id(socket.stream).outbound_flow_control_window >= 16_376:
                while client.h2.outbound_flow_control_window < 16_376:
                    await client.hear()
                client.h2.send_data(socket.stream, piece)
                client.flush()
                sent += len(piece)
                if sent % (20 * len(piece)) == 0:
                    other = await client.answer(client.ask([*PLAIN[:3], (":path", "/nothing")]))
                    assert other.status == 404
            (connection,) = [front for front in gateway.runtime.fronts if hasattr(front, "_incoming")]
            await until(lambda: connection._incoming.gathered > WINDOW // 4)  # the rest was taken before
            held = connection.held
            other = await client.answer(client.ask([*PLAIN[:3], (":path", "/nothing")]))
            client.h2.reset_stream(socket.stream)
            client.flush()
            await until(lambda: gateway.runtime.relays.open == 0)
            over.set()
            return other.status, held, connection.held

    status, held, after = asyncio.run(scenario())
    assert status == 404
    assert held <= WINDOW + 65_536
    assert after == 0


def test_a_client_that_does_not_read_holds_its_upstream_up() -> None:
    async def pour(connection: ServerConnection) -> None:
        with contextlib.suppress(ConnectionClosed):
            while True:
                await connection.send(b"\0" * 65_536)

    async def scenario() -> tuple[int, int]:
        async with connected(pour, grace=0.1) as (client, gateway):
            socket = await open_in(client)
            client.acknowledges = False
            (connection,) = [front for front in gateway.runtime.fronts if hasattr(front, "_incoming")]
            relays = gateway.runtime.relays

            async def still() -> int:
                """What has come from the upstream when nothing more does."""
                while True:
                    before = relays.from_upstreams
                    for _ in range(20):
                        await asyncio.sleep(0.01)
                    if before and relays.from_upstreams == before:
                        return before

            held = await still()
            waiting = connection.held
            assert waiting < 1_000_000
            client.h2.increment_flow_control_window(500_000)
            client.h2.increment_flow_control_window(500_000, socket.stream)
            client.flush()
            await until(lambda: relays.from_upstreams > held)
            return held, relays.from_upstreams

    held, after = asyncio.run(scenario())
    assert 0 < held < after


def test_what_too_many_upstreams_do_not_take_is_not_kept() -> None:
    """The bound of a connection on what is gathered holds for WebSockets too."""

    async def never(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()

    async def scenario() -> tuple[int | None, int]:
        async with speaking(
            never, lambda url: orders(url, text=TEXT, bounds=Bounds(request_body=10_000)), entrance=OFFERED
        ) as (client, gateway):
            await client.hear()
            stream = client.ask(CONNECT, end=False)
            for _ in range(5):
                client.h2.send_data(stream, b"x" * 10_000)
            client.flush()
            reset = (await client.answer(stream)).reset
            (connection,) = gateway.runtime.fronts
            return reset, connection.held

    assert asyncio.run(scenario()) == (Error.ENHANCE_YOUR_CALM, 0)


class Streaming:
    """What a tunnel asks of its stream."""

    def __init__(self) -> None:
        self.pending = 0
        self.said: list[Any] = []

    def send(self, data: bytes) -> None:
        self.said.append(data)

    def finish(self) -> None:
        self.said.append("finish")

    def cut(self) -> None:
        self.said.append("cut")

    def consumed(self) -> None:
        self.said.append("consumed")


class Reader(asyncio.Protocol):
    def __init__(self) -> None:
        self.heard: list[Any] = []

    def data_received(self, data: bytes) -> None:
        self.heard.append(data)

    def eof_received(self) -> bool:
        self.heard.append("eof")
        return False

    def pause_writing(self) -> None:
        self.heard.append("pause")

    def resume_writing(self) -> None:
        self.heard.append("resume")

    def connection_lost(self, exc: Exception | None) -> None:
        self.heard.append("lost")


def test_to_its_relay_it_is_a_transport() -> None:
    async def scenario() -> tuple[list[Any], list[Any]]:
        stream, reader = Streaming(), Reader()
        tunnel = Tunnel(stream)  # type: ignore[arg-type]
        tunnel.received(b"a")
        tunnel.received(b"b")
        tunnel.set_protocol(reader)
        assert tunnel.get_protocol() is reader
        assert not tunnel.is_reading()
        tunnel.resume_reading()
        tunnel.resume_reading()
        tunnel.received(b"c")
        tunnel.pause_reading()
        tunnel.ended()
        tunnel.write(b"")
        tunnel.write(b"out")
        stream.pending = 100_000
        tunnel.write(b"more")
        tunnel.write(b"and more")
        stream.pending = 50_000
        tunnel.sent()
        stream.pending = 0
        tunnel.sent()
        tunnel.sent()
        tunnel.resume_reading()
        assert tunnel.is_closing()
        tunnel.write(b"too late")
        tunnel.close()
        tunnel.lost()
        tunnel.lost()
        await asyncio.sleep(0)
        tunnel.abort()
        return stream.said, reader.heard

    said, heard = asyncio.run(scenario())
    assert said == ["consumed", b"out", b"more", b"and more", "consumed", "finish", "cut"]
    assert heard == [b"ab", b"c", "pause", "resume", "eof", "lost"]
