import asyncio
import contextlib
import gc
import gzip
import threading
from typing import Any

import pytest

from contracts.model import HttpApi
from gateway.callers.evidence import BODY
from gateway.http.channel import Nobody
from gateway.http.exchange import Exchange
from gateway.http.runtime import Timeouts
from gateway.snapshot.compiling import defer_contract
from gateway.snapshot.contract import Contract
from gateway.snapshot.operation import Modes
from gateway.snapshot.snapshot import Snapshot
from gateway.snapshot.snapshot import snapshot as put_together
from gateway.verdicts import Bounds, Decision, Refusal, Request
from tests.gateway.http.calling import call, raw
from tests.gateway.world import (
    GOOD,
    HEADERS,
    ORDERS,
    answering,
    api_of,
    orders,
    running,
    until,
)


def test_what_was_judged_is_forwarded_byte_for_byte() -> None:
    (status, _head, body), gateway = call(answering(201, GOOD))
    assert (status, body) == (201, {"sku": "A-1", "quantity": 2})
    assert gateway.seen.bodies == [GOOD]
    assert gateway.seen.heads[0].startswith(b"POST /erp/v1/orders HTTP/1.1\r\n")
    assert b"x-forwarded-for: 127.0.0.1" in gateway.seen.heads[0]


@pytest.mark.parametrize("said", [None, {"breaker": {}}])
def test_a_call_that_is_over_is_gone_without_the_garbage_collector(said: dict[str, Any] | None) -> None:
    async def scenario() -> None:
        snapshot = lambda url: orders(url, said=said)  # noqa: E731
        async with running(answering(201, GOOD), snapshot) as gateway:
            assert (await gateway.call("POST", "/erp/v1/orders", GOOD, HEADERS))[0] == 201
            assert (await gateway.call("POST", "/erp/v1/orders", b"{}", HEADERS))[0] == 422
            await until(lambda: not gateway.runtime.fronts)
            assert not [held for held in gc.get_objects() if isinstance(held, Exchange)]

    gc.collect()
    gc.disable()
    try:
        asyncio.run(scenario())
    finally:
        gc.enable()


def test_a_bad_request_never_reaches_the_upstream() -> None:
    (status, _head, body), gateway = call(answering(201, GOOD), body=b'{"sku":"a","quantity":"x"}')
    assert status == 422
    assert body["errors"][0]["pointer"] == "/quantity"
    assert gateway.seen.heads == []


def test_a_bad_response_is_withheld() -> None:
    (status, _head, body), _ = call(answering(201, b'{"sku":"TOP-SECRET","quantity":"TOP-SECRET"}'))
    assert status == 502
    assert body["errors"][0]["pointer"] == "/quantity"
    assert "TOP-SECRET" not in str(body)


def test_monitored_responses_pass() -> None:
    (status, _, body), _ = call(answering(201, b"{}"), modes=Modes("enforce", "monitor"))
    assert (status, body) == (201, {})


def test_chunked_and_compressed_responses_are_judged() -> None:
    packed = gzip.compress(GOOD)
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (packed[:7], packed[7:])) + b"0\r\n\r\n"
    head = b"HTTP/1.1 201 X\r\ncontent-type: application/json\r\ncontent-encoding: gzip\r\ntransfer-encoding: chunked\r\n\r\n"
    (status, answer, body), _ = call(raw(head + chunks))
    assert status == 201
    assert gzip.decompress(body) == GOOD
    assert b"content-length: %d" % len(packed) in answer


def test_a_response_that_ends_with_its_connection() -> None:
    head = b"HTTP/1.0 201 X\r\ncontent-type: application/json\r\n\r\n"
    (status, _, body), _ = call(raw(head + GOOD, close=True))
    assert (status, body) == (201, {"sku": "A-1", "quantity": 2})


@pytest.mark.parametrize(("mode", "status"), [("enforce", 502), ("monitor", 201)])
def test_a_response_beyond_the_bound_is_refused_or_passes_unvalidated(mode: str, status: int) -> None:
    large = b'{"sku":"%s","quantity":1}' % (b"a" * 5000)
    for handler in (
        answering(201, large),
        raw(
            b"HTTP/1.1 201 X\r\ntransfer-encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n" % (len(large), large)
        ),
    ):
        (found, _, body), _ = call(handler, modes=Modes("enforce", mode), bounds=Bounds(response_body=1000))  # type: ignore[arg-type]
        assert found == status
        if status == 201:
            assert b"a" * 5000 in (body if isinstance(body, bytes) else str(body).encode())


def test_a_stream_passes_as_it_comes() -> None:
    first, go_on = asyncio.Event(), asyncio.Event()

    async def handle(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(
            b"HTTP/1.1 200 X\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n5\r\none\n\n\r\n"
        )
        await go_on.wait()
        writer.write(b"5\r\ntwo\n\n\r\n0\r\n\r\n")

    async def scenario() -> bytes:
        async with running(handle) as gateway:
            reader, writer = await asyncio.open_connection("127.0.0.1", gateway.port)
            writer.write(b"GET /erp/v1/events HTTP/1.1\r\nhost: a\r\n\r\n")
            begun = await reader.readuntil(b"one\n\n")
            first.set()
            go_on.set()
            rest = await reader.readuntil(b"0\r\n\r\n")
            writer.close()
            return begun + rest

    answer = asyncio.run(scenario())
    assert first.is_set()
    assert answer.endswith(b"5\r\none\n\n\r\n5\r\ntwo\n\n\r\n0\r\n\r\n")


def test_a_stream_that_breaks_off_does_not_look_whole() -> None:
    head = b"HTTP/1.1 200 X\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n5\r\none\n\n\r\n"

    async def scenario() -> bytes:
        async with running(raw(head, close=True)) as gateway:
            with contextlib.suppress(ConnectionError):
                return await gateway.exchange(b"GET /erp/v1/events HTTP/1.1\r\nhost: a\r\n\r\n")
            return b""

    assert b"\r\n0\r\n\r\n" not in asyncio.run(scenario())


def test_head_has_a_head_only() -> None:
    text_modes = Modes("enforce", "enforce")

    async def scenario() -> bytes:
        from gateway.rules import Rules

        handler = raw(b"HTTP/1.1 200 X\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n")
        async with running(
            handler, lambda url: orders(url, modes=text_modes, rules=Rules(head_as_get=True))
        ) as gateway:
            return await gateway.exchange(b"HEAD /erp/v1/orders HTTP/1.1\r\nhost: a\r\n\r\n")

    answer = asyncio.run(scenario())
    assert answer.startswith(b"HTTP/1.1 200 OK")
    assert b"content-length: 500\r\n" in answer
    assert answer.endswith(b"\r\n\r\n")


def test_a_stale_connection_is_replaced_where_that_is_safe() -> None:
    """The upstream closes a kept-alive connection at the moment the next request comes."""
    served = 0

    async def handle(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal served
        served += 1
        if served == 2:
            writer.close()
            return
        writer.write(b"HTTP/1.1 200 X\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n[]")

    async def scenario() -> list[int]:
        async with running(handle) as gateway:
            return [(await gateway.call("GET", "/erp/v1/orders"))[0] for _ in range(2)]

    assert asyncio.run(scenario()) == [200, 200]
    assert served == 3


def test_what_is_not_safe_to_repeat_is_not_repeated() -> None:
    served = 0

    async def handle(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal served
        served += 1
        if served == 2:
            writer.close()
            return
        writer.write(
            b"HTTP/1.1 201 X\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n%s"
            % (len(GOOD), GOOD)
        )

    async def scenario() -> list[int]:
        async with running(handle) as gateway:
            return [(await gateway.call("POST", "/erp/v1/orders", GOOD, HEADERS))[0] for _ in range(2)]

    assert asyncio.run(scenario()) == [201, 502]
    assert served == 2


def test_an_operation_has_a_time_limit_of_its_own() -> None:
    """Shorter than what looks twice a second could tell, and longer than the limit of the process."""

    async def scenario(said: dict[str, Any], timeouts: Timeouts) -> tuple[int, str, bool]:
        async with running(raw(b""), lambda url: orders(url, said=said), timeouts=timeouts) as gateway:
            waiting = asyncio.ensure_future(gateway.call("GET", "/erp/v1/orders"))
            await until(lambda: gateway.seen.heads)
            gateway.runtime.sweep()
            early = waiting.done()
            status, _, body = await waiting
            return status, body["type"], early

    short = {"operations": {"GET /orders": {"timeout": 0.1}}}
    assert asyncio.run(scenario(short, Timeouts())) == (504, "urn:lading:problem:upstream-timeout", False)
    assert asyncio.run(scenario({"timeout": 0.3}, Timeouts(upstream=-1.0)))[0] == 504


def test_a_call_is_tried_at_another_address_and_its_host_is_that_one() -> None:
    async def scenario() -> tuple[list[int], bytes]:
        def both(url: str) -> Any:
            return orders(["http://127.0.0.1:9", url], said={"retries": {"base": 0.001, "reserve": 50}})

        async with running(answering(201, GOOD), both) as gateway:
            statuses = [(await gateway.call("POST", "/erp/v1/orders", GOOD, HEADERS))[0] for _ in range(8)]
            return statuses, gateway.seen.heads[-1]

    statuses, head = asyncio.run(scenario())
    assert statuses == [201] * 8
    assert b"host: 127.0.0.1:9\r\n" not in head


def test_what_may_be_sent_twice_by_its_key_has_to_be_said() -> None:
    served = 0

    async def handle(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal served
        served += 1
        await answering(503, b"")(head, reader, writer)

    async def scenario(said: dict[str, Any]) -> int:
        nonlocal served
        served = 0
        async with running(
            handle, lambda url: orders(url, modes=Modes("enforce", "off"), said=said)
        ) as gateway:
            await gateway.call("POST", "/erp/v1/orders", GOOD, HEADERS)
        return served

    assert asyncio.run(scenario({"retries": {"attempts": 1, "base": 0.001}})) == 1
    assert asyncio.run(scenario({"retries": {"attempts": 1, "base": 0.001, "idempotency_key": True}})) == 2


@pytest.mark.parametrize(
    ("asks", "ends"),
    [
        (b"te: trailers\r\n", b"0\r\nx-sum: 3\r\n\r\n"),
        (b"te: gzip;q=0.5, trailers\r\n", b"0\r\nx-sum: 3\r\n\r\n"),
        (b"te: gzip\r\n", b"0\r\n\r\n"),
        (b"", b"0\r\n\r\n"),
    ],
)
def test_trailers_of_a_stream_reach_those_who_take_them(asks: bytes, ends: bytes) -> None:
    upstream = raw(
        b"HTTP/1.1 200 X\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\ntrailer: x-sum\r\n\r\n"
        b"5\r\none\n\n\r\n0\r\nx-sum: 3\r\nset-cookie: a=1\r\nage: 3\r\n\r\n"
    )

    async def scenario() -> tuple[bytes, bytes]:
        async with running(upstream) as gateway:
            answer = await gateway.exchange(b"GET /erp/v1/events HTTP/1.1\r\nhost: a\r\n" + asks + b"\r\n")
            return answer, gateway.seen.heads[0]

    answer, head = asyncio.run(scenario())
    assert answer.endswith(b"5\r\none\n\n\r\n" + ends)
    assert (b"te: trailers\r\nconnection: te\r\n" in head) is (b"trailers" in asks)


def test_trailers_of_what_is_judged_whole_are_dropped() -> None:
    chunked = raw(
        b"HTTP/1.1 201 X\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n"
        b"%x\r\n%s\r\n0\r\nx-sum: 3\r\n\r\n" % (len(GOOD), GOOD)
    )
    (status, head, body), _ = call(chunked, headers=[*HEADERS, (b"te", b"trailers")])
    assert (status, body) == (201, {"sku": "A-1", "quantity": 2})
    assert b"x-sum" not in head


def test_a_body_that_is_too_large_stays_refused_where_something_has_to_be_found_out() -> None:
    """The decision is made anew with what was found out; that must not forget what the body was refused for."""
    asked: list[Decision] = []

    async def scenario() -> None:
        async with running(answering(201, GOOD)) as gateway:

            async def decided(request: Request, decision: Decision) -> Decision:
                asked.append(decision)
                return decision

            gateway.runtime.decided = decided  # type: ignore[method-assign]
            refusal = Refusal(413, "too-large", "The body is too large")
            told: list[int] = []

            class Channel(Nobody):
                def answer(self, exchange: Exchange, status: int, *_: Any) -> None:
                    told.append(status)

            decision = Decision(refusal, needs=(BODY,))
            Exchange(Channel(b""), gateway.runtime, Request("POST", b"/"), b"a", decision).run()
            assert told == [413]

    asyncio.run(scenario())
    assert asked == []


def test_a_call_for_a_full_upstream_is_turned_away_before_it_is_looked_at() -> None:
    """Its body is wrong; that is not found out."""

    async def scenario() -> list[int]:
        async with running(answering(201, GOOD)) as gateway:
            (endpoint,) = gateway.runtime.groups.endpoints
            endpoint.pool.full = True
            full = await gateway.call("POST", "/erp/v1/orders", b"[]", HEADERS)
            assert (full[0], full[2]["type"]) == (503, "urn:lading:problem:overloaded")
            assert b"retry-after: 1" in full[1]
            endpoint.pool.full = False
            return [
                (await gateway.call("POST", "/erp/v1/orders", b"[]", HEADERS))[0],
                len(gateway.seen.heads),
            ]

    assert asyncio.run(scenario()) == [422, 0]


def test_the_first_call_of_an_operation_has_it_compiled_in_a_thread() -> None:
    threads: list[str] = []

    def late(url: str) -> Snapshot:
        def read() -> HttpApi:
            threads.append(threading.current_thread().name)
            return api_of(ORDERS)

        contract = Contract("orders", "1", ("/erp/v1",), (url,), modes=Modes("enforce", "enforce"))
        return put_together([defer_contract(contract, api_of(ORDERS), read)], id="late")

    async def scenario() -> None:
        async with running(answering(201, GOOD), late) as gateway:
            for _ in range(2):
                assert (await gateway.call("POST", "/erp/v1/orders", GOOD, HEADERS))[0] == 201
            assert (await gateway.call("POST", "/erp/v1/orders", b"{}", HEADERS))[0] == 422
            assert threads
            assert set(threads).isdisjoint({threading.main_thread().name})
            assert len(threads) == 1

    asyncio.run(scenario())
