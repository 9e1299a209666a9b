from __future__ import annotations

import asyncio
from collections.abc import Callable

import httpx
import pytest

from gateway.evidence.fetching import MOST, Unreachable, fetch

Handler = Callable[[httpx.Request], httpx.Response]


def fetched(handler: Handler, **options: object) -> dict[str, object]:
    async def scenario() -> dict[str, object]:
        async with httpx.AsyncClient(transport=httpx.MockTransport(handler)) as http:
            return await fetch(http, "https://a.example/x", timeout=5, **options)  # type: ignore[arg-type]

    return asyncio.run(scenario())


def test_a_form_is_posted_with_the_client_s_credentials() -> None:
    seen: list[httpx.Request] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json={"a": 1})

    assert fetched(handler, form={"token": "t"}, auth=("c", "s")) == {"a": 1}
    assert (seen[0].method, seen[0].content) == ("POST", b"token=t")
    assert seen[0].headers["authorization"].startswith("Basic ")


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (httpx.Response(500), "answered 500"),
        (httpx.Response(302, headers={"location": "https://b.example"}), "answered 302"),
        (httpx.Response(200, text="<html>"), "something other"),
        (httpx.Response(200, json=[]), "something other"),
        (httpx.Response(200, content=b" " * (MOST + 1)), "too much"),
    ],
)
def test_answers_that_are_of_no_use(answer: httpx.Response, told: str) -> None:
    with pytest.raises(Unreachable, match=told):
        fetched(lambda _: answer)


def test_nobody_there() -> None:
    def handler(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("planted")

    with pytest.raises(Unreachable, match="ConnectError") as caught:
        fetched(handler)
    assert "planted" not in str(caught.value)


def test_an_answer_that_never_ends() -> None:
    async def scenario() -> None:
        async def never(request: httpx.Request) -> httpx.Response:
            await asyncio.Event().wait()
            raise AssertionError

        async with httpx.AsyncClient(transport=httpx.MockTransport(never)) as http:
            await fetch(http, "https://a.example", timeout=0.01)

    with pytest.raises(Unreachable, match=r"no answer within 0\.01 s"):
        asyncio.run(scenario())
