import asyncio
from typing import Any

import httpx
import orjson
import pytest

from gateway.http.entrance import Entrance, Http2
from gateway.http.runtime import Timeouts
from gateway.http2.frames import Error
from gateway.http2.machine import WINDOW
from gateway.verdicts import Bounds
from tests.gateway.world import GOOD, HEADERS, ORDERS, answering, orders, running, until

from .speaking import GET, OK, PLAIN, POST, frame, speaking


def test_an_independent_client_is_served_many_calls_at_once() -> None:
    async def scenario() -> tuple[list[tuple[int, str]], int]:
        async with (
            running(answering(201, GOOD), entrance=PLAIN) as gateway,
            httpx.AsyncClient(http1=False, http2=True) as client,
        ):
            url = f"http://127.0.0.1:{gateway.port}/erp/v1/orders"
            headers = {name.decode(): value.decode() for name, value in HEADERS}
            answers = await asyncio.gather(
                *(client.post(url, content=GOOD, headers=headers) for _ in range(50)),
                client.post(url, content=b"{}", headers=headers),
            )
            return [(held.status_code, held.http_version) for held in answers], len(gateway.seen.heads)

    answers, calls = asyncio.run(scenario())
    assert answers == [(201, "HTTP/2")] * 50 + [(422, "HTTP/2")]
    assert calls == 50


def asked(
    *args: Any, handler: Any = OK, bounds: Bounds | None = None, **options: Any
) -> tuple[int, Any, list[bytes]]:
    """Status, problem code or body, and the heads that the upstream saw, for one request."""

    async def scenario() -> tuple[int, Any, list[bytes]]:
        make = (lambda url: orders(url, bounds=bounds)) if bounds is not None else orders
        async with speaking(handler, make, **options) as (client, gateway):
            found = await client.answer(client.ask(*args))
            told: Any = found.body
            if found.headers.get("content-type") == "application/problem+json":
                told = orjson.loads(found.body)["type"].rpartition(":")[2]
            return found.status, told, gateway.seen.heads

    return asyncio.run(scenario())


def test_what_reaches_the_upstream_is_http_1_1_as_it_was_judged() -> None:
    fields = [*POST, ("cookie", "a=1"), ("cookie", "b=2"), ("x-forwarded-for", "6.6.6.6"), ("te", "trailers")]
    status, body, heads = asked(fields, GOOD, handler=answering(201, GOOD))
    assert (status, body) == (201, GOOD)
    assert heads[0].startswith(b"POST /erp/v1/orders HTTP/1.1\r\n")
    assert b"via: 2.0 lading\r\n" in heads[0]
    assert (
        b"x-forwarded-for: 127.0.0.1\r\nx-forwarded-proto: http\r\nx-forwarded-host: gateway\r\n" in heads[0]
    )
    assert b"cookie: a=1; b=2\r\n" in heads[0]
    assert b"content-length: %d\r\n" % len(GOOD) in heads[0]
    assert b"6.6.6.6" not in heads[0]


@pytest.mark.parametrize(
    ("fields", "status", "code"),
    [
        ([*GET[:3], (":path", "/nothing")], 404, "not-found"),
        ([(":method", "DELETE"), *GET[1:]], 405, "method-not-allowed"),
        ([*GET[:3], (":path", "/erp/v1/orders?limit=0")], 400, "invalid-request"),
        ([*GET[:3], (":path", "/erp/v1/../orders")], 400, "malformed-path"),
        ([*GET[:3], (":path", "/erp/v1/orders?x=" + "y" * 17_000)], 414, "bad-request"),
        ([*GET, ("host", "other")], 400, "bad-request"),
        ([*GET, *((f"x-{number}", "y" * 900) for number in range(80))], 431, "bad-request"),
    ],
)
def test_decisions_are_those_of_http_1_1(fields: Any, status: int, code: str) -> None:
    found = asked(fields)
    assert found[:2] == (status, code)
    assert found[2] == []


def test_a_bad_request_leaves_the_others_alone() -> None:
    async def scenario() -> tuple[int | None, int, dict[str, int], int]:
        async with speaking(OK) as (client, gateway):
            bad = await client.answer(client.ask([*GET, ("x", "a\r\nb: c")]))
            good = await client.answer(client.ask())
            late = client.ask(POST, GOOD, end=False)
            client.h2.send_headers(late, [(":path", "/")], end_stream=True)
            client.flush()
            assert (await client.answer(late)).reset == Error.PROTOCOL_ERROR
            return bad.reset, good.status, gateway.runtime.bad_requests, len(gateway.seen.heads)

    assert asyncio.run(scenario()) == (Error.PROTOCOL_ERROR, 200, {"http2-malformed": 2}, 1)


@pytest.mark.parametrize("length", [0, len(GOOD) - 1, len(GOOD) + 1])
@pytest.mark.parametrize("trailing", [False, True])
def test_a_length_that_does_not_fit_the_data_costs_its_own_stream_only(length: int, trailing: bool) -> None:
    released = asyncio.Event()

    async def slow(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await released.wait()
        await answering(201, GOOD)(head, reader, writer)

    async def scenario() -> tuple[int | None, list[int], dict[str, int], list[bytes]]:
        async with speaking(slow) as (client, gateway):
            others = [client.ask(POST, GOOD), client.ask(POST, GOOD[:5], end=False)]
            bad = client.ask([*POST, ("content-length", str(length))], GOOD, end=not trailing)
            if trailing:
                client.h2.send_headers(bad, [("x-sum", "1")], end_stream=True)
                client.flush()
            found = await client.answer(bad)
            client.h2.send_data(others[1], GOOD[5:], end_stream=True)
            others.append(client.ask([*POST, ("content-length", str(len(GOOD)))], GOOD))
            released.set()
            client.flush()
            statuses = [(await client.answer(other)).status for other in others]
            return found.reset, statuses, gateway.runtime.bad_requests, gateway.seen.bodies

    reset, statuses, counted, bodies = asyncio.run(scenario())
    assert reset == Error.PROTOCOL_ERROR
    assert statuses == [201, 201, 201]
    assert counted == {"http2-malformed": 1}
    assert bodies == [GOOD] * 3


def test_what_comes_after_a_stream_was_taken_back_is_not_counted_against_the_others() -> None:
    """Its data is still on the way, and fills the window of the connection unless that is given back."""
    piece = b"x" * 16_000

    async def scenario() -> list[tuple[int, int | None]]:
        async with speaking(answering(201, GOOD)) as (client, _):
            await client.hear()
            for _ in range(3 * WINDOW // (10 * len(piece))):
                bad = client.ask([*POST, ("content-length", "1")], piece, end=False)
                for _ in range(9):
                    client.h2.send_data(bad, piece)
                client.flush()
                assert (await client.answer(bad)).reset == Error.PROTOCOL_ERROR
            found = await client.answer(client.ask(POST, GOOD))
            return [(found.status, found.reset)]

    assert asyncio.run(scenario()) == [(201, None)]


@pytest.mark.parametrize("length", ["none", "-1", "+26", "26, 26", "1" * 5000])
def test_a_length_that_is_none_is_refused_as_in_http_1_1(length: str) -> None:
    assert asked([*POST, ("content-length", length)], GOOD) == (400, "bad-request", [])


@pytest.mark.parametrize("continued", [False, True])
def test_a_second_header_block_that_does_not_end_the_stream_costs_that_stream_only(continued: bool) -> None:
    async def scenario() -> tuple[int | None, list[int], dict[str, int], int]:
        async with speaking(answering(201, GOOD)) as (client, gateway):
            other = client.ask(POST, GOOD[:5], end=False)
            bad = client.ask(POST, GOOD, end=False)
            block = client.h2.encoder.encode([("x-later", "planted")])
            if continued:
                client.writer.write(
                    frame(1, block[:3], stream=bad) + frame(9, block[3:], flags=4, stream=bad)
                )
            else:
                client.writer.write(frame(1, block, flags=4, stream=bad))
            found = await client.answer(bad)
            client.h2.send_data(other, GOOD[5:], end_stream=True)
            client.flush()
            statuses = [(await client.answer(other)).status]
            # What the block has put into the table of the connection is known to both.
            late = client.ask([*POST, ("x-later", "planted")], GOOD)
            statuses.append((await client.answer(late)).status)
            assert b"x-later: planted\r\n" in gateway.seen.heads[-1]
            return found.reset, statuses, gateway.runtime.bad_requests, len(gateway.seen.heads)

    assert asyncio.run(scenario()) == (Error.PROTOCOL_ERROR, [201, 201], {"http2-malformed": 1}, 2)


def test_a_length_without_a_body_is_malformed() -> None:
    async def scenario() -> tuple[int | None, int]:
        async with speaking(OK) as (client, _):
            bad = await client.answer(client.ask([*GET, ("content-length", "2")]))
            return bad.reset, (await client.answer(client.ask([*GET, ("content-length", "0")]))).status

    assert asyncio.run(scenario()) == (Error.PROTOCOL_ERROR, 200)


def test_100_continue() -> None:
    async def scenario() -> tuple[int, bytes]:
        async with speaking(answering(201, GOOD)) as (client, gateway):
            stream = client.ask([*POST, ("expect", "100-continue")], end=False)
            interim: list[Any] = []
            take = client._take
            client._take = lambda event: (interim.append(event), take(event))[1]  # type: ignore[method-assign]
            while not any(type(event).__name__ == "InformationalResponseReceived" for event in interim):
                await client.hear()
            client.h2.send_data(stream, GOOD, end_stream=True)
            client.flush()
            return (await client.answer(stream)).status, gateway.seen.heads[0]

    status, head = asyncio.run(scenario())
    assert status == 201
    assert b"expect" not in head


@pytest.mark.parametrize(("choice", "status"), [("drop", 201), ("refuse", 400)])
def test_trailers_of_requests(choice: Any, status: int) -> None:
    async def scenario() -> tuple[int, list[bytes]]:
        entrance = Entrance(http2=Http2(cleartext=True), trailers=choice)
        async with speaking(answering(201, GOOD), entrance=entrance) as (client, gateway):
            stream = client.ask(POST, GOOD, end=False)
            client.h2.send_headers(stream, [("x-api-key", "planted")], end_stream=True)
            client.flush()
            return (await client.answer(stream)).status, gateway.seen.heads

    found, heads = asyncio.run(scenario())
    assert found == status
    assert all(b"planted" not in head for head in heads)


def test_head_has_a_length_and_no_body() -> None:
    text = ORDERS.replace(
        "  /orders:\n    get:", "  /orders:\n    head: {responses: {'200': {description: d}}}\n    get:"
    )

    async def scenario() -> tuple[int, str, bytes, bytes]:
        async with speaking(answering(200, b"[]"), lambda url: orders(url, text=text)) as (client, gateway):
            found = await client.answer(client.ask([(":method", "HEAD"), *GET[1:]]))
            return found.status, found.headers["content-length"], found.body, gateway.seen.heads[0]

    status, length, body, head = asyncio.run(scenario())
    assert (status, length, body) == (200, "2", b"")
    assert head.startswith(b"HEAD ")


def test_there_are_only_so_many_streams() -> None:
    async def never(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.Event().wait()

    async def scenario() -> tuple[int, bool]:
        async with speaking(never, entrance=Entrance(http2=Http2(cleartext=True, streams=3))) as (client, _):
            await client.hear()
            told = client.h2.remote_settings.max_concurrent_streams
            client.h2.remote_settings._settings[3].clear()
            client.h2.remote_settings._settings[3].append(100)
            for _ in range(4):
                client.ask()
            await client.to_the_end()
            return told, bool(client.away)

    assert asyncio.run(scenario()) == (3, True)


def test_what_trickles_in_is_not_waited_for() -> None:
    async def scenario() -> dict[str, int]:
        async with speaking(OK, timeouts=Timeouts(head=-1.0)) as (client, gateway):
            await client.hear()
            client.writer.write(frame(1, b"x", stream=1))
            await until(lambda: (gateway.runtime.sweep(), gateway.runtime.bad_requests)[1])
            await client.to_the_end()
            return gateway.runtime.bad_requests

    assert asyncio.run(scenario()) == {"request-timeout": 1}


def test_a_body_that_does_not_come_is_answered_408() -> None:
    async def scenario() -> tuple[int, int]:
        async with speaking(OK, timeouts=Timeouts(body=-1.0)) as (client, gateway):
            stream = client.ask(POST, b"{", end=False)
            await client.hear()
            while not client.answers.get(stream):
                gateway.runtime.sweep()
                await client.hear()
            return (await client.answer(stream)).status, len(gateway.seen.heads)

    assert asyncio.run(scenario()) == (408, 0)


def test_a_client_that_takes_its_call_back_frees_the_upstream() -> None:
    gone = asyncio.Event()

    async def wait(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        gone.set()

    async def scenario() -> int:
        async with speaking(wait) as (client, gateway):
            stream = client.ask()
            await until(lambda: gateway.seen.heads)
            client.h2.reset_stream(stream)
            client.flush()
            await gone.wait()
            return (await client.answer(client.ask([*GET[:3], (":path", "/nothing")]))).status

    assert asyncio.run(scenario()) == 404


def test_what_it_holds_in_memory_is_told() -> None:
    """A body that is on its way, and nothing of it afterwards."""

    async def scenario() -> tuple[int, int]:
        async with speaking(answering(201, GOOD)) as (client, gateway):
            stream = client.ask(POST, GOOD, end=False)
            await until(lambda: any(front.held for front in gateway.runtime.fronts))
            (front,) = gateway.runtime.fronts
            held = front.held
            client.h2.send_data(stream, b"", end_stream=True)
            client.flush()
            assert (await client.answer(stream)).status == 201
            return held, front.held

    assert asyncio.run(scenario()) == (len(GOOD), 0)
