import asyncio
from typing import Any

import pytest
from h2.settings import SettingCodes
from websockets.asyncio.server import ServerConnection
from websockets.exceptions import InvalidStatus

from gateway.http.entrance import Entrance, Http2, WebSockets
from gateway.http.runtime import Timeouts
from gateway.http2.frames import Error
from gateway.rules import Rules
from gateway.verdicts import Outcome
from gateway.websockets.handshake import accept
from tests.gateway.http2.speaking import speaking
from tests.gateway.websockets.in_streams import CONNECT, OFFERED, asking, connected, open_in
from tests.gateway.websockets.sockets import TEXT, feed
from tests.gateway.world import answering, orders, running, until

KEY = b"sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nsec-websocket-version: 13\r\n"
ASKING = (
    b"GET %s HTTP/1.1\r\nhost: a\r\nupgrade: websocket\r\nconnection: keep-alive, Upgrade\r\n" + KEY + b"\r\n"
)


class Recorder:
    def __init__(self) -> None:
        self.calls: list[tuple[int, Outcome, tuple[str, ...]]] = []

    def record(self, exchange: Any, status: int, outcome: Outcome, *_: Any) -> None:
        self.calls.append((status, outcome, exchange.decision.unvalidated))


def test_messages_go_both_ways_with_the_extensions_that_were_negotiated() -> None:
    recorder = Recorder()

    async def scenario() -> None:
        async with feed(observers=(recorder,)) as gateway, gateway.connect(subprotocols=None) as client:
            assert client.protocol.extensions  # permessage-deflate, negotiated end to end
            for message in ("position", b"\0" * 100_000, "", "last"):
                await client.send(message)
                assert await client.recv() == message
            assert gateway.runtime.relays.open == 1

    asyncio.run(scenario())
    assert recorder.calls == [(101, "unvalidated", ("the messages of a WebSocket",))]


def test_the_subprotocol_is_the_upstreams_choice_among_those_offered() -> None:
    async def scenario() -> str | None:
        async with (
            feed(server={"subprotocols": ["v2.feed", "v1.feed"]}) as gateway,
            gateway.connect(subprotocols=["v1.feed"]) as client,
        ):
            return client.subprotocol

    assert asyncio.run(scenario()) == "v1.feed"


@pytest.mark.parametrize(("path", "status"), [("/feed?depot=north", 400), ("/feed", 400), ("/nothing", 404)])
def test_the_handshake_is_held_against_the_contract(path: str, status: int) -> None:
    async def scenario() -> int:
        async with feed() as gateway:
            with pytest.raises(InvalidStatus) as refused:
                await gateway.connect(path)
            assert gateway.runtime.relays.open == 0
            return refused.value.response.status_code

    assert asyncio.run(scenario()) == status


def test_what_the_upstream_refuses_is_answered_like_any_response() -> None:
    async def deny(connection: ServerConnection, request: Any) -> Any:
        return connection.respond(403, "no\n")

    async def scenario() -> tuple[int, bytes]:
        async with feed(server={"process_request": deny}) as gateway:
            with pytest.raises(InvalidStatus) as refused:
                await gateway.connect()
            return refused.value.response.status_code, refused.value.response.body

    assert asyncio.run(scenario()) == (403, b"no\n")


@pytest.mark.parametrize(
    ("rule", "path", "switches"),
    [
        ("declared", b"/feed?depot=1", True),
        ("declared", b"/plain", False),
        ("allow", b"/plain", True),
        ("refuse", b"/feed?depot=1", False),
    ],
)
def test_where_it_is_not_allowed_the_request_is_an_ordinary_one(
    rule: Any, path: bytes, switches: bool
) -> None:
    async def scenario() -> bytes:
        async with running(
            answering(403), lambda url: orders(url, text=TEXT, rules=Rules(websockets=rule))
        ) as gateway:
            await gateway.exchange(ASKING % path)
            return gateway.seen.heads[0]

    assert (b"upgrade: websocket" in asyncio.run(scenario())) is switches


@pytest.mark.parametrize(
    "wrong",
    [
        ASKING.replace(b"version: 13", b"version: 8"),
        ASKING.replace(b"dGhlIHNhbXBsZSBub25jZQ==", b"c2hvcnQ="),
        ASKING.replace(b"dGhlIHNhbXBsZSBub25jZQ==", b"!"),
        ASKING[:-2] + b"content-length: 3\r\n\r\nabc",
        ASKING[:-2] + b"transfer-encoding: chunked\r\n\r\n0\r\n\r\n",
    ],
)
def test_a_bad_handshake_never_reaches_the_upstream(wrong: bytes) -> None:
    async def scenario() -> tuple[bytes, list[bytes]]:
        async with running(answering(200), lambda url: orders(url, text=TEXT)) as gateway:
            return await gateway.exchange(wrong % b"/feed?depot=1"), gateway.seen.heads

    answer, heads = asyncio.run(scenario())
    assert answer.startswith(b"HTTP/1.1 400")
    assert heads == []


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 101 X\r\nupgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-accept: wrong\r\n\r\n",
        b"HTTP/1.1 101 X\r\nupgrade: h2c\r\nconnection: upgrade\r\n\r\n",
        b"HTTP/1.1 101 X\r\nupgrade: websocket\r\nconnection: upgrade\r\n"
        b"sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\nsec-websocket-protocol: chat\r\n\r\n",
        b"HTTP/1.1 101 X\r\nupgrade: websocket\r\nconnection: upgrade\r\n"
        b"sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\nsec-websocket-extensions: x-own\r\n\r\n",
        b"not http\r\n\r\n",
        b"",
    ],
)
def test_an_upstream_that_switches_wrongly_is_not_believed(answer: bytes) -> None:
    async def handle(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(answer)
        writer.close()

    async def scenario() -> bytes:
        async with running(handle, lambda url: orders(url, text=TEXT)) as gateway:
            return await gateway.exchange(ASKING % b"/feed?depot=1")

    assert asyncio.run(scenario()).startswith(b"HTTP/1.1 502")


def test_there_are_only_so_many() -> None:
    async def scenario() -> int:
        async with feed(entrance=Entrance(websockets=WebSockets(most=1))) as gateway, gateway.connect():
            with pytest.raises(InvalidStatus) as refused:
                await gateway.connect()
            return refused.value.response.status_code

    assert asyncio.run(scenario()) == 503


PLAIN = [(":method", "GET"), (":scheme", "http"), (":authority", "gateway"), (":path", "/plain")]


def test_for_a_stream_the_upstream_is_asked_in_http_1_1_and_the_client_told_what_it_chose() -> None:
    async def handle(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        key = next(line for line in head.split(b"\r\n") if line.startswith(b"sec-websocket-key"))
        writer.write(
            b"HTTP/1.1 101 X\r\nupgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-accept: %s\r\n"
            b"sec-websocket-protocol: v1\r\nx-own: 1\r\n\r\n" % accept(key.partition(b": ")[2])
        )
        await reader.read()

    seen: list[tuple[int, str, tuple[str, ...]]] = []

    class Recorder:
        def record(self, exchange: Any, status: int, outcome: str, *_: Any) -> None:
            seen.append((status, outcome, exchange.decision.unvalidated))

    async def scenario() -> tuple[dict[str, str], bytes]:
        async with speaking(
            handle, lambda url: orders(url, text=TEXT), entrance=OFFERED, observers=(Recorder(),)
        ) as (client, gateway):
            fields = [*CONNECT, ("sec-websocket-protocol", "v2, v1"), ("sec-websocket-key", "theirs")]
            socket = await open_in(client, fields)
            return socket.answered.headers, gateway.seen.heads[0]

    headers, head = asyncio.run(scenario())
    assert headers == {":status": "200", "sec-websocket-protocol": "v1", "x-own": "1"}
    assert head.startswith(b"GET /feed?depot=1 HTTP/1.1\r\n")
    for line in (
        b"upgrade: websocket",
        b"connection: Upgrade",
        b"sec-websocket-version: 13",
        b"via: 2.0 lading",
    ):
        assert head.count(b"\r\n" + line + b"\r\n") == 1
    assert head.count(b"sec-websocket-key: ") == 1
    assert b"theirs" not in head
    assert b"protocol: websocket" not in head
    assert seen == [(101, "unvalidated", ("the messages of a WebSocket",))]


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        (asking(path="/nothing"), 404),
        (asking(path="/feed?depot=north"), 400),
        (asking(path="/feed"), 400),
        (asking(path="/plain"), 405),
        (asking(path="/-/metrics"), 404),
        (asking(protocol="connect-udp"), 501),
        (asking(protocol=""), 400),
        (asking(**{"sec-websocket-version": "8"}), 400),
        ([*CONNECT, ("content-length", "3")], 400),
        (asking(method="GET"), None),
        (asking(path=""), None),
        (asking(scheme=""), None),
    ],
)
def test_the_handshake_is_held_against_the_contract_in_a_stream(fields: Any, status: int | None) -> None:
    async def scenario() -> tuple[int | None, int, int]:
        async with connected() as (client, gateway):
            socket = await open_in(client, fields)
            while not socket.over:
                await client.hear()
            again = await open_in(client)
            open_ = gateway.runtime.relays.open
            found = socket.answered
            return (found.status or None), again.answered.status, open_

    assert asyncio.run(scenario()) == (status, 200, 1)


def test_a_handshake_that_ends_the_stream_is_none() -> None:
    async def scenario() -> int:
        async with connected() as (client, _):
            await client.hear()
            return (await client.answer(client.ask(CONNECT))).status

    assert asyncio.run(scenario()) == 400


@pytest.mark.parametrize("rule", ["refuse", "allow"])
def test_the_rule_of_the_contract_counts_in_a_stream(rule: Any) -> None:
    async def scenario() -> int:
        async with connected(rules=Rules(websockets=rule)) as (client, _):
            path = "/plain" if rule == "allow" else "/feed?depot=1"
            return (await open_in(client, asking(path=path))).answered.status

    assert asyncio.run(scenario()) == (200 if rule == "allow" else 405)


def test_in_streams_it_is_offered_only_where_it_is_switched_on() -> None:
    async def scenario() -> tuple[int, int | None, int]:
        async with connected(entrance=Entrance(http2=Http2(cleartext=True))) as (client, _):
            await client.hear()
            told = client.h2.remote_settings[SettingCodes.ENABLE_CONNECT_PROTOCOL]
            asked = await client.answer(client.ask(CONNECT, end=False))
            return told, asked.reset, (await client.answer(client.ask(PLAIN))).status

    told, reset, status = asyncio.run(scenario())
    assert (told, reset) == (0, Error.PROTOCOL_ERROR)
    assert status != 0  # the others go on


def test_what_the_upstream_refuses_is_answered_like_any_response_in_a_stream() -> None:
    async def deny(connection: ServerConnection, request: Any) -> Any:
        return connection.respond(403, "no\n")

    async def scenario() -> tuple[int, bytes, int | None]:
        async with connected(server={"process_request": deny}) as (client, _):
            socket = await open_in(client, more=[b"\x81\x80mask"])
            while not socket.over or socket.answered.reset is None:
                await client.hear()
            return socket.answered.status, socket.answered.body, socket.answered.reset

    assert asyncio.run(scenario()) == (403, b"no\n", Error.NO_ERROR)


def test_an_upstream_that_takes_too_long_for_a_stream_is_answered_504_and_there_are_only_so_many() -> None:
    async def never(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()

    async def scenario() -> int:
        async with speaking(
            never, lambda url: orders(url, text=TEXT), entrance=OFFERED, timeouts=Timeouts(upstream=-1.0)
        ) as (client, gateway):
            await client.hear()
            stream = client.ask(CONNECT, end=False)
            await until(lambda: gateway.seen.heads)
            gateway.runtime.sweep()
            return (await client.answer(stream)).status

    async def second() -> int:
        few = Entrance(http2=OFFERED.http2, websockets=WebSockets(most=1))
        async with connected(entrance=few) as (client, _):
            await open_in(client)
            return (await open_in(client)).answered.status

    assert asyncio.run(scenario()) == 504
    assert asyncio.run(second()) == 503
