from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import httpx

from gateway.callers.evidence import BODY, IssuerKeys, Password, TokenState
from gateway.callers.trust import Introspection, Issuer, Trust
from gateway.evidence import gathering
from gateway.evidence.gathering import Gathering
from gateway.evidence.passwords import hashed
from tests.gateway.callers.people import ISSUER, rsa
from tests.gateway.world import until

TRUST = Trust(
    issuers={ISSUER: Issuer(ISSUER, ("a",), keys=ISSUER + "/keys")},
    introspection=Introspection(ISSUER + "/introspect", "gw", "s"),
)


def run(
    scenario: Callable[[Gathering, list[str]], Coroutine[Any, Any, None]],
    answer: Callable[[httpx.Request], httpx.Response] | None = None,
) -> Gathering:
    asked: list[str] = []

    async def handler(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.path)
        await asyncio.sleep(0)
        if answer is not None:
            return answer(request)
        if request.url.path == "/keys":
            return httpx.Response(200, json={"keys": [rsa().as_dict(private=False)]})
        return httpx.Response(200, json={"active": True})

    async def main() -> Gathering:
        held = Gathering(TRUST, transport=httpx.MockTransport(handler), clock=lambda: 0.0)
        await scenario(held, asked)
        await held.close()
        return held

    return asyncio.run(main())


def token(text: str) -> TokenState:
    return TokenState(text.encode(), text)


def test_many_who_need_the_same_ask_once() -> None:
    async def scenario(held: Gathering, asked: list[str]) -> None:
        needs = (IssuerKeys(ISSUER), token("a"), BODY)
        await asyncio.gather(*(held.settle(needs) for _ in range(20)))
        assert sorted(asked) == ["/introspect", "/keys"]
        assert held.evidence.tokens[b"a"].claims == {"active": True}
        assert ISSUER in held.evidence.keys

    assert run(scenario).counts == {("issuer", "ok"): 1, ("introspection", "ok"): 1}


def test_what_cannot_be_had_is_not_there_and_is_told() -> None:
    async def scenario(held: Gathering, asked: list[str]) -> None:
        await held.settle((IssuerKeys(ISSUER), token("planted")))
        assert (held.evidence.keys, held.evidence.tokens) == ({}, {})

    held = run(scenario, lambda _: httpx.Response(500))
    assert held.counts == {("issuer", "failed"): 1, ("introspection", "failed"): 1}
    assert held.problems == {
        f"issuer {ISSUER}": "answered 500",
        f"introspection {ISSUER}/introspect": "answered 500",
    }


def test_what_is_kept_is_bounded(monkeypatch: Any) -> None:
    monkeypatch.setattr(gathering, "MOST_TOKENS", 3)

    async def scenario(held: Gathering, asked: list[str]) -> None:
        for text in "abcde":
            await held.settle((token(text),))
        assert list(held.evidence.tokens) == [b"c", b"d", b"e"]

    run(scenario)


def test_too_many_questions_are_not_queued(monkeypatch: Any) -> None:
    monkeypatch.setattr(gathering, "AT_ONCE", 2)

    async def scenario(held: Gathering, asked: list[str]) -> None:
        await held.settle([token(text) for text in "abcde"])
        assert sorted(held.evidence.tokens) == [b"a", b"b"]
        assert held.counts["all", "overloaded"] == 3

    run(scenario)


def test_passwords_are_hashed_aside(monkeypatch: Any) -> None:
    stored = hashed(b"right", n=1024, r=1)
    monkeypatch.setattr(gathering, "HASHES", 2)

    async def scenario(held: Gathering, asked: list[str]) -> None:
        needs = [
            Password(b"1", b"right", stored),
            Password(b"2", b"wrong", stored),
            Password(b"3", b"x", stored),
        ]
        await held.settle(needs)
        assert held.evidence.passwords == {b"1": True, b"2": False}
        assert held.counts["password", "overloaded"] == 1

    run(scenario)


def test_keys_are_fetched_before_anyone_needs_them() -> None:
    async def scenario(held: Gathering, asked: list[str]) -> None:
        task = asyncio.get_running_loop().create_task(held.run())
        await until(lambda: ISSUER in held.evidence.keys)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        assert asked == ["/keys"]

    run(scenario)
