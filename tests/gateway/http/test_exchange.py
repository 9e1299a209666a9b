import asyncio
import contextlib
import gc
import gzip
import socket
import struct
import threading
from typing import Any, cast

import pytest

from contracts.model import HttpApi
from gateway.callers.evidence import BODY
from gateway.http.channel import Nobody
from gateway.http.exchange import Exchange
from gateway.http.runtime import Timeouts
from gateway.snapshot.compiling import defer_contract
from gateway.snapshot.contract import Contract
from gateway.snapshot.operation import Mode, Modes
from gateway.snapshot.snapshot import Snapshot
from gateway.snapshot.snapshot import snapshot as put_together
from gateway.verdicts import Bounds, Decision, Refusal, Request
from tests.gateway.world import (
    GOOD,
    HEADERS,
    ORDERS,
    Handler,
    Running,
    answering,
    api_of,
    orders,
    running,
    until,
)


def call(
    handler: Handler, method: str = "POST", path: str = "/erp/v1/orders", body: bytes = GOOD, **options: Any
) -> tuple[tuple[int, bytes, Any], Running]:
    modes, bounds = options.pop("modes", None), options.pop("bounds", Bounds())
    headers = options.pop("headers", HEADERS)

    async def scenario() -> tuple[tuple[int, bytes, Any], Running]:
        async with running(
            handler, lambda url: orders(url, modes=modes, bounds=bounds), **options
        ) as gateway:
            return await gateway.call(method, path, body, headers), gateway

    return asyncio.run(scenario())


def raw(answer: bytes, close: bool = False) -> Handler:
    async def handle(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(answer)
        if close:
            await writer.drain()
            writer.close()

    return handle


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


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 201 X\r\ncontent-type: application/json\r\ncontent-length: 99\r\n\r\n" + GOOD,
        b"HTTP/1.1 201 X\r\ntransfer-encoding: chunked\r\n\r\n5\r\nabc",
        b"HTTP/1.1 201",
        b"",
        b"no http at all\r\n\r\n",
        b"HTTP/1.1 201 X\r\n" + b"x: y\r\n" * 20_000 + b"\r\n",
    ],
)
def test_an_upstream_that_breaks_off_or_speaks_no_http_is_a_502(answer: bytes) -> None:
    (status, _, body), _ = call(raw(answer, close=True))
    assert (status, body["type"]) == (502, "urn:lading:problem:upstream-failed")


def test_an_upstream_that_is_not_there_is_a_502() -> None:
    async def scenario() -> int:
        async with running(answering(), lambda url: orders("http://127.0.0.1:9")) as gateway:
            return (await gateway.call("GET", "/erp/v1/orders"))[0]

    assert asyncio.run(scenario()) == 502


def test_an_upstream_that_does_not_answer_is_a_504() -> None:
    async def scenario() -> tuple[int, bytes, Any]:
        async with running(raw(b""), timeouts=Timeouts(upstream=-1.0)) as gateway:
            waiting = asyncio.ensure_future(gateway.call("GET", "/erp/v1/orders"))
            await until(lambda: gateway.seen.heads)
            gateway.runtime.sweep()
            return await waiting

    status, _, body = asyncio.run(scenario())
    assert (status, body["type"]) == (504, "urn:lading:problem:upstream-timeout")


def test_a_contract_without_upstream_is_a_503() -> None:
    async def scenario() -> int:
        async with running(answering(), lambda url: orders("")) as gateway:
            return (await gateway.call("GET", "/erp/v1/orders"))[0]

    assert asyncio.run(scenario()) == 503


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


def test_an_open_breaker_answers_503_and_says_when_to_come_back() -> None:
    async def scenario() -> list[tuple[int, bytes, Any]]:
        said = {"breaker": {"calls": 2, "seconds": 60}}
        async with running(raw(b"", close=True), lambda url: orders(url, said=said)) as gateway:
            return [await gateway.call("GET", "/erp/v1/orders") for _ in range(3)]

    first, second, third = asyncio.run(scenario())
    assert (first[0], second[0]) == (502, 502)
    assert (third[0], third[2]["type"]) == (503, "urn:lading:problem:upstream-open")
    assert b"retry-after: 60" in third[1]


KEYS = {"operations": {"POST /orders": {"idempotency": "require"}}}
LINES = [b"content-type: application/json", b"x-made: 1"]


def test_a_repeated_call_gets_the_first_ones_answer_and_is_made_once() -> None:
    async def scenario(response: Mode) -> tuple[list[tuple[int, bytes, Any]], int]:
        def make(url: str) -> Any:
            return orders(url, modes=Modes("enforce", response), said=KEYS)

        async with running(answering(201, GOOD, LINES), make) as gateway:
            told = [await gateway.call("POST", "/erp/v1/orders", GOOD, HEADERS) for _ in range(2)]
            other = GOOD.replace(b"2", b"3")
            told.append(await gateway.call("POST", "/erp/v1/orders", other, HEADERS))
            return told, len(gateway.seen.heads)

    for mode in ("enforce", "monitor", "off"):
        (first, second, third), made = asyncio.run(scenario(cast(Mode, mode)))
        assert (first[0], first[2]) == (second[0], second[2]) == (201, {"sku": "A-1", "quantity": 2})
        assert b"x-made: 1" in second[1]
        assert b"idempotency-replayed: true" in second[1]
        assert b"idempotency-replayed" not in first[1]
        assert (third[0], third[2]["type"]) == (422, "urn:lading:problem:idempotency-key-reused")
        assert made == 1


def test_a_caller_that_lost_its_connection_finds_the_answer_when_it_comes_back() -> None:
    arrived, go_on = asyncio.Event(), asyncio.Event()

    async def handle(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        arrived.set()
        await go_on.wait()
        await answering(201, GOOD)(head, reader, writer)

    async def scenario() -> tuple[list[int], int]:
        async with running(handle, lambda url: orders(url, said=KEYS)) as gateway:
            lines = b"".join(b"%s: %s\r\n" % pair for pair in HEADERS)
            _, writer = await asyncio.open_connection("127.0.0.1", gateway.port)
            writer.write(
                b"POST /erp/v1/orders HTTP/1.1\r\nhost: a\r\n%scontent-length: %d\r\n\r\n%s"
                % (lines, len(GOOD), GOOD)
            )
            await arrived.wait()
            linger = struct.pack("ii", 1, 0)
            writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            writer.transport.abort()
            await until(lambda: gateway.runtime.orphans)
            early = (await gateway.call("POST", "/erp/v1/orders", GOOD, HEADERS))[0]
            go_on.set()
            await until(lambda: not gateway.runtime.orphans)
            late = (await gateway.call("POST", "/erp/v1/orders", GOOD, HEADERS))[0]
            return [early, late], len(gateway.seen.heads)

    assert asyncio.run(scenario()) == ([409, 201], 1)


def test_an_answer_that_was_lost_is_not_asked_for_again() -> None:
    async def scenario(handler: Handler) -> list[int]:
        async with running(handler, lambda url: orders(url, said=KEYS)) as gateway:
            return [(await gateway.call("POST", "/erp/v1/orders", GOOD, HEADERS))[0] for _ in range(2)]

    lost = raw(b"HTTP/1.1 201 X\r\ncontent-length: 99\r\n\r\n", close=True)
    assert asyncio.run(scenario(lost)) == [502, 409]
    wrong = answering(201, b"[]")
    assert asyncio.run(scenario(wrong)) == [502, 409]


def test_a_call_that_never_left_may_be_made_again() -> None:
    async def scenario() -> list[int]:
        async with running(answering(), lambda url: orders("http://127.0.0.1:9", said=KEYS)) as gateway:
            return [(await gateway.call("POST", "/erp/v1/orders", GOOD, HEADERS))[0] for _ in range(2)]

    assert asyncio.run(scenario()) == [502, 502]


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
