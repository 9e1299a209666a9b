import asyncio

import pytest

from gateway.upstreams.group import Endpoint, Group
from gateway.upstreams.policy import Policy
from gateway.upstreams.receiving import Failure
from gateway.verdicts import Header, Request
from gateway.websockets.dialling import Dial
from tests.gateway.world import until


class Opener:
    request = Request("GET", b"/")

    def __init__(self) -> None:
        self.heard: list[object] = []

    def response_head(self, status: int, headers: list[Header], length: int | None) -> None:
        self.heard.append((status, length))

    def response_data(self, data: bytes) -> None:
        self.heard.append(data)

    def response_trailers(self, trailers: list[Header]) -> None: ...

    def response_complete(self) -> None:
        self.heard.append("complete")

    def response_failed(self, failure: Failure) -> None:
        self.heard.append(failure.kind)

    def switched(self, headers: list[Header], rest: bytes, transport: asyncio.Transport) -> None:
        self.heard.append("switched")


def dialled(answer: bytes) -> tuple[list[object], Group]:
    """What is heard where the upstream answers so, and closes."""

    async def scenario() -> tuple[list[object], Group]:
        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(answer)
            writer.close()

        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        group = Group([Endpoint(f"http://127.0.0.1:{port}", Policy())], Policy())
        opener = Opener()
        assert group.enter(0.0) is None
        Dial(group, opener).start(lambda pool: b"GET / HTTP/1.1\r\nhost: %s\r\n\r\n" % pool.authority)
        await until(lambda: opener.heard and isinstance(opener.heard[-1], str))
        server.close()
        return opener.heard, group

    return asyncio.run(scenario())


@pytest.mark.parametrize(
    ("answer", "heard"),
    [
        (b"HTTP/1.1 403 X\r\ncontent-length: 2\r\n\r\nno", [(403, 2), b"no", "complete"]),
        (b"HTTP/1.1 100 X\r\n\r\nHTTP/1.1 204 X\r\n\r\n", [(204, 0), "complete"]),
        (b"HTTP/1.1 200 X\r\n\r\nto the end", [(200, None), b"to the end", "complete"]),
        (b"HTTP/1.1 200 X\r\ncontent-length: 9\r\n\r\nshort", [(200, 9), b"short", "malformed"]),
        (
            b"HTTP/1.1 200 X\r\ntransfer-encoding: chunked\r\n\r\n5\r\nshort\r\n",
            [(200, None), b"short", "malformed"],
        ),
        (b"HTTP/1.1 101 X\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n", ["malformed"]),
        (b"", ["malformed"]),
        (b"HTTP/1.1 200 X\r\n" + b"x: " + b"y" * 70_000 + b"\r\n\r\n", ["malformed"]),
    ],
)
def test_what_is_heard_of_an_answer(answer: bytes, heard: list[object]) -> None:
    found, group = dialled(answer)
    assert found == heard
    assert group.enter(0.0) is None  # the place was given back


def test_nobody_is_there() -> None:
    async def scenario() -> list[object]:
        group = Group([Endpoint("http://127.0.0.1:9", Policy())], Policy())
        opener = Opener()
        group.enter(0.0)
        Dial(group, opener).start(lambda pool: b"")
        await until(lambda: opener.heard)
        return opener.heard

    assert asyncio.run(scenario()) == ["connect"]


def test_a_call_that_was_given_up_says_nothing_more() -> None:
    async def scenario() -> list[object]:
        group = Group([Endpoint("http://127.0.0.1:9", Policy())], Policy())
        opener = Opener()
        group.enter(0.0)
        dial = Dial(group, opener)
        dial.start(lambda pool: b"")
        dial.cancel()
        dial.response_failed(Failure("connect", "late"))
        await asyncio.sleep(0)
        return opener.heard

    assert asyncio.run(scenario()) == []
