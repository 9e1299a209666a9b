import asyncio
from typing import Any

import pytest

from gateway.http.failing import refusal_for
from gateway.http.runtime import Timeouts
from gateway.upstreams.receiving import BROKEN, BUSY, CONNECT_TIMEOUT, TIMEOUT, UNANSWERED, Failure
from tests.gateway.http.calling import call, raw
from tests.gateway.world import (
    GOOD,
    answering,
    orders,
    running,
    until,
)


@pytest.mark.parametrize(
    ("failure", "status", "code", "after"),
    [
        (BUSY, 503, "overloaded", b"1"),
        (Failure("open", "x", 7), 503, "upstream-open", b"7"),
        (TIMEOUT, 504, "upstream-timeout", None),
        (CONNECT_TIMEOUT, 504, "upstream-timeout", None),
        (UNANSWERED, 502, "upstream-failed", None),
        (BROKEN, 502, "upstream-failed", None),
        (Failure("malformed", "x"), 502, "upstream-failed", None),
        (Failure("connect", "x"), 502, "upstream-failed", None),
    ],
)
def test_what_callers_are_told(failure: Failure, status: int, code: str, after: bytes | None) -> None:
    refusal = refusal_for(failure)
    assert (refusal.status, refusal.code, dict(refusal.headers).get(b"retry-after")) == (status, code, after)


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


def test_an_open_breaker_answers_503_and_says_when_to_come_back() -> None:
    async def scenario() -> list[tuple[int, bytes, Any]]:
        said = {"breaker": {"calls": 2, "seconds": 60}}
        async with running(raw(b"", close=True), lambda url: orders(url, said=said)) as gateway:
            return [await gateway.call("GET", "/erp/v1/orders") for _ in range(3)]

    first, second, third = asyncio.run(scenario())
    assert (first[0], second[0]) == (502, 502)
    assert (third[0], third[2]["type"]) == (503, "urn:lading:problem:upstream-open")
    assert b"retry-after: 60" in third[1]
