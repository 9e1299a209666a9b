import asyncio
from typing import Any

from gateway.http.administration import ADMIN, Answer
from gateway.verdicts import Request
from tests.gateway.world import answering, running, until

OK = answering(200, b"[]")


def told(request: Request) -> Answer:
    return 200, [(b"content-type", b"text/plain")], b"told " + request.path.removeprefix(ADMIN)


class Recorder:
    def __init__(self) -> None:
        self.calls = 0

    def record(self, *_: Any) -> None:
        self.calls += 1


def test_the_gateway_answers_for_itself_and_counts_nothing() -> None:
    recorder = Recorder()

    async def scenario() -> tuple[tuple[int, bytes, Any], bytes]:
        async with running(OK, observers=(recorder,)) as gateway:
            gateway.runtime.admin = told
            answer = await gateway.call("GET", "/-/healthz")
            return answer, await gateway.exchange(b"HEAD /-/healthz HTTP/1.1\r\nhost: a\r\n\r\n")

    (status, _, body), head = asyncio.run(scenario())
    assert (status, body) == (200, b"told healthz")
    assert b"content-length: 12\r\n" in head
    assert head.endswith(b"\r\n\r\n")
    assert recorder.calls == 0


def test_what_takes_a_while_is_answered_when_it_is_known_and_in_order() -> None:
    known = asyncio.Event()

    async def later(request: Request) -> Answer:
        await known.wait()
        return told(request)

    async def scenario() -> bytes:
        async with running(OK) as gateway:
            gateway.runtime.admin = later
            reader, writer = await asyncio.open_connection("127.0.0.1", gateway.port)
            writer.write(
                b"GET /-/a HTTP/1.1\r\nhost: a\r\n\r\nGET /erp/v1/orders HTTP/1.1\r\nhost: a\r\n\r\n"
            )
            await until(lambda: gateway.runtime.fronts)
            known.set()
            answer = await reader.readuntil(b"[]")
            writer.close()
            return answer

    assert asyncio.run(scenario()).index(b"told a") > 0


def test_a_caller_that_is_gone_hurts_nobody() -> None:
    known, asked = asyncio.Event(), asyncio.Event()

    async def later(request: Request) -> Answer:
        asked.set()
        await known.wait()
        return told(request)

    recorder = Recorder()

    async def scenario() -> int:
        async with running(OK, observers=(recorder,)) as gateway:
            gateway.runtime.admin = later
            _, writer = await asyncio.open_connection("127.0.0.1", gateway.port)
            writer.write(b"GET /-/a HTTP/1.1\r\nhost: a\r\n\r\n")
            await asked.wait()
            (front,) = gateway.runtime.fronts
            writer.transport.abort()
            front.abort()
            await until(lambda: not gateway.runtime.fronts)
            known.set()
            gateway.runtime.admin = told
            return (await gateway.call("GET", "/-/b"))[0]

    assert asyncio.run(scenario()) == 200
    assert recorder.calls == 0
