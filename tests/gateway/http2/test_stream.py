import asyncio

from gateway.http.runtime import Timeouts
from gateway.http2.frames import Error
from gateway.snapshot.operation import Modes
from tests.gateway.world import answering, orders, until

from .speaking import GET, speaking

EVENTS = [*GET[:3], (":path", "/erp/v1/events")]
HEAD = b"HTTP/1.1 200 X\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n"


def test_events_come_one_by_one_and_trailers_where_they_are_wanted() -> None:
    go = asyncio.Event()

    async def handle(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(HEAD + b"9\r\ndata: 1\n\n\r\n")
        await go.wait()
        writer.write(b"9\r\ndata: 2\n\n\r\n0\r\nx-sum: 2\r\nset-cookie: late=1\r\n\r\n")

    async def scenario() -> tuple[bytes, bytes, dict[str, str], bool]:
        async with speaking(handle) as (client, gateway):
            stream = client.ask([*EVENTS, ("te", "trailers")])
            while not (found := client.answers.get(stream)) or not found.body:
                await client.hear()
            first = found.body
            go.set()
            found = await client.answer(stream)
            return first, found.body, found.trailers, b"te: trailers" in gateway.seen.heads[0]

    assert asyncio.run(scenario()) == (b"data: 1\n\n", b"data: 1\n\ndata: 2\n\n", {"x-sum": "2"}, True)


def test_trailers_are_dropped_where_nobody_asked() -> None:
    async def handle(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(HEAD + b"9\r\ndata: 1\n\n\r\n0\r\nx-sum: 2\r\n\r\n")

    async def scenario() -> tuple[bytes, dict[str, str]]:
        async with speaking(handle) as (client, _):
            found = await client.answer(client.ask(EVENTS))
            return found.body, found.trailers

    assert asyncio.run(scenario()) == (b"data: 1\n\n", {})


def test_a_whole_answer_larger_than_the_clients_window_is_sent_as_it_opens() -> None:
    body = b"[" + b" " * 500_000 + b"]"

    async def scenario() -> tuple[int, int]:
        async with speaking(answering(200, body)) as (client, _):
            client.acknowledges = False
            stream = client.ask()
            while not (found := client.answers.get(stream)) or len(found.body) < 65_535:
                await client.hear()
            held = len(client.answers[stream].body)
            client.acknowledges = True
            client.h2.increment_flow_control_window(1_000_000)
            client.h2.increment_flow_control_window(1_000_000, stream)
            client.flush()
            return held, len((await client.answer(stream)).body)

    assert asyncio.run(scenario()) == (65_535, len(body))


def test_a_stream_that_nobody_takes_holds_its_upstream_up_and_then_ends() -> None:
    sent = 0

    async def pour(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal sent
        writer.write(HEAD)
        while True:
            writer.write(b"10000\r\n" + b"x" * 65_536 + b"\r\n")
            await writer.drain()
            sent += 65_536

    async def scenario() -> tuple[int, int | None]:
        async with speaking(pour) as (client, gateway):
            client.acknowledges = False
            stream = client.ask(EVENTS)
            while not (found := client.answers.get(stream)) or len(found.body) < 65_535:
                await client.hear()
            (front,) = gateway.runtime.fronts
            await until(lambda: front._streams[stream]._paused)  # type: ignore[attr-defined]
            before = sent
            gateway.runtime.now = lambda: float("inf")
            for front in tuple(gateway.runtime.fronts):
                front.expire()
            return before, (await client.answer(stream)).reset

    held, reset = asyncio.run(scenario())
    assert held < 20_000_000
    assert reset == Error.CANCEL


def test_an_answer_that_breaks_off_is_no_whole_one() -> None:
    async def handle(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(HEAD + b"9\r\ndata: 1\n\n\r\n")
        await writer.drain()
        writer.close()

    async def scenario() -> tuple[bool, int | None]:
        async with speaking(handle) as (client, _):
            found = await client.answer(client.ask(EVENTS))
            return found.whole, found.reset

    assert asyncio.run(scenario()) == (False, Error.INTERNAL_ERROR)


def test_an_upstream_that_does_not_answer_is_504() -> None:
    async def never(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.Event().wait()

    async def scenario() -> int:
        async with speaking(never, timeouts=Timeouts(upstream=-1.0)) as (client, gateway):
            stream = client.ask()
            await until(lambda: gateway.seen.heads)
            gateway.runtime.sweep()
            return (await client.answer(stream)).status

    assert asyncio.run(scenario()) == 504


def test_streams_take_turns() -> None:
    """With its windows open, a small answer does not wait for the end of a large one."""
    big = b"[" + b" " * 2_000_000 + b"]"

    async def handle(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        body = b"[]" if b"limit=2" in head else big
        writer.write(
            b"HTTP/1.1 200 X\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n%s"
            % (len(body), body)
        )

    async def scenario() -> tuple[bool, bool]:
        async with speaking(handle, lambda url: orders(url, modes=Modes("enforce", "monitor"))) as (
            client,
            _,
        ):
            client.acknowledges = False
            large = client.ask()
            while not (found := client.answers.get(large)) or len(found.body) < 65_535:
                await client.hear()
            small = client.ask([*GET[:3], (":path", "/erp/v1/orders?limit=2")])
            client.h2.increment_flow_control_window(100_000)
            client.h2.increment_flow_control_window(90_000, large)
            client.flush()
            await client.answer(small)
            return client.answers[small].whole, client.answers[large].whole

    assert asyncio.run(scenario()) == (True, False)
