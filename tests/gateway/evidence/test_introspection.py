from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest

from gateway.callers.evidence import Introspected
from gateway.callers.trust import Introspection
from gateway.evidence.fetching import Unreachable
from gateway.evidence.introspection import introspect

SERVER = Introspection("https://issuer.example/introspect", "gw", "s", cache=30)


def asked(answer: httpx.Response) -> tuple[Introspected, httpx.Request]:
    seen: list[httpx.Request] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return answer

    async def scenario() -> Introspected:
        async with httpx.AsyncClient(transport=httpx.MockTransport(handler)) as http:
            return await introspect(http, SERVER, "opaque", lambda: 100.0)

    return asyncio.run(scenario()), seen[0]


@pytest.mark.parametrize(
    ("claims", "until"),
    [
        ({"active": True}, 130.0),
        ({"active": True, "exp": 110}, 110.0),
        ({"active": True, "exp": 9999}, 130.0),
        ({"active": True, "exp": True}, 130.0),
        ({"active": True, "exp": 5}, 100.5),
    ],
)
def test_an_active_token_counts_no_longer_than_it_lives(claims: dict[str, Any], until: float) -> None:
    found, request = asked(httpx.Response(200, json=claims))
    assert found == Introspected(claims, until)
    assert request.content == b"token=opaque&token_type_hint=access_token"


@pytest.mark.parametrize("claims", [{"active": False}, {}, {"active": "true"}, {"active": 1}])
def test_anything_but_true_is_not_active(claims: dict[str, Any]) -> None:
    assert asked(httpx.Response(200, json=claims))[0] == Introspected(None, 110.0)


def test_a_server_that_fails_says_nothing() -> None:
    with pytest.raises(Unreachable):
        asked(httpx.Response(401))
