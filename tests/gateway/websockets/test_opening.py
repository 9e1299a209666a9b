import asyncio
from typing import Any

import pytest
from websockets.asyncio.server import ServerConnection
from websockets.exceptions import InvalidStatus

from gateway.http.entrance import Entrance, WebSockets
from gateway.rules import Rules
from gateway.verdicts import Outcome
from tests.gateway.world import answering, orders, running

from .sockets import TEXT, feed

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
