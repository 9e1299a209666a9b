import asyncio

from gateway.http.runtime import Timeouts
from gateway.http2.ending import WARNING, Ending
from gateway.http2.frames import Error
from tests.gateway.world import until

from .speaking import OK, frame, speaking


def made(last: int = 0) -> tuple[Ending, list[bytes]]:
    written: list[bytes] = []
    ending = Ending(written.append)
    ending.last = last
    return ending, written


def goaway(last: int, code: Error) -> bytes:
    return frame(7, last.to_bytes(4, "big") + code.to_bytes(4, "big"))


def test_every_request_is_taken_until_the_end_is_near() -> None:
    ending, written = made(5)
    assert ending.takes(2**31 - 1)
    assert not ending.near
    assert written == []


def test_it_warns_once_and_still_takes_what_is_on_its_way() -> None:
    ending, written = made(5)
    ending.warn(100.0)
    ending.warn(100.5)
    assert written == [goaway(2**31 - 1, Error.NO_ERROR)]
    assert ending.due == 100.0 + WARNING
    assert ending.takes(7)
    assert not ending.near


def test_then_it_takes_no_more_and_says_which_was_the_last() -> None:
    ending, written = made(5)
    ending.warn(100.0)
    ending.last = 7  # it came after the warning
    ending.begin()
    assert written[1:] == [goaway(7, Error.NO_ERROR)]
    assert (ending.takes(7), ending.takes(9), ending.near) == (True, False, True)
    assert ending.due == float("inf")
    ending.warn(102.0)
    assert len(written) == 2


def test_a_client_that_goes_is_answered_what_it_asked_before() -> None:
    ending, written = made(5)
    ending.told()
    ending.last = 5
    ending.told()
    assert (ending.takes(5), ending.takes(7), ending.near) == (True, False, True)
    assert written == []


def test_what_breaks_off_says_why() -> None:
    ending, written = made(3)
    ending.break_off(Error.ENHANCE_YOUR_CALM)
    assert written == [goaway(3, Error.ENHANCE_YOUR_CALM)]


def test_an_idle_connection_is_closed_with_goaway() -> None:
    async def scenario() -> list[tuple[int, int]]:
        async with speaking(OK, timeouts=Timeouts(idle=-1.0)) as (client, gateway):
            stream = client.ask()
            await client.answer(stream)
            gateway.runtime.sweep()
            await client.to_the_end()
            return client.away

    assert asyncio.run(scenario()) == [(1, Error.NO_ERROR)]


def test_draining_warns_takes_what_is_on_its_way_and_ends() -> None:
    released = asyncio.Event()

    async def slow(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await released.wait()
        await OK(head, reader, writer)

    async def scenario() -> tuple[int, int, int | None, list[tuple[int, int]]]:
        async with speaking(slow) as (client, gateway):
            first = client.ask()
            await until(lambda: gateway.seen.heads)
            (front,) = gateway.runtime.fronts
            moment = gateway.runtime.now()
            gateway.runtime.now = lambda: (
                moment
            )  # the second between the warnings is over when the test says so
            front.drain()
            while not client.away:
                await client.hear()
            second = client.ask()  # it was on its way
            await until(lambda: len(gateway.seen.heads) == 2)
            gateway.runtime.now = lambda: front.deadline + 0.001
            front.expire()
            while len(client.away) < 2:
                await client.hear()
            late = await client.answer(client.ask())
            released.set()
            answers = (await client.answer(first)).status, (await client.answer(second)).status
            await client.to_the_end()
            return *answers, late.reset, client.away

    first, second, late, away = asyncio.run(scenario())
    assert (first, second, late) == (200, 200, Error.REFUSED_STREAM)
    assert away == [(2**31 - 1, Error.NO_ERROR), (3, Error.NO_ERROR)]


def test_what_was_asked_before_the_clients_goaway_is_answered() -> None:
    released = asyncio.Event()

    async def slow(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await released.wait()
        await OK(head, reader, writer)

    async def scenario() -> tuple[int, bool]:
        async with speaking(slow) as (client, gateway):
            stream = client.ask()
            await until(lambda: gateway.seen.heads)
            client.writer.write(frame(7, b"\0" * 8))
            released.set()
            found = await client.answer(stream)
            await client.to_the_end()
            return found.status, client.closed

    assert asyncio.run(scenario()) == (200, True)
