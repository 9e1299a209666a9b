from __future__ import annotations

import asyncio
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.rates import Demand, Grant, Rates
from gateway.sharing import UNAVAILABLE, SharedRates
from gateway.snapshot.contract import Plan

from . import redis_server
from .redis_server import Server


@pytest.fixture(scope="module")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with redis_server.serving(tmp_path_factory.mktemp("redis")) as server:
        yield server


def demand(plan: Plan, caller: str = "c1", scope: str = "erp/orders") -> Demand:
    return Demand((caller, scope, 1), plan, plan.name)


def allowed(grants: object) -> list[bool]:
    assert isinstance(grants, list)
    return [grant.allowed for grant in grants]


def test_gateways_share_one_allowance(redis: Server) -> None:
    plan = Plan("standard", 5, 3600, 5)

    async def scenario() -> list[bool]:
        gateways = [SharedRates(redis.url, timeout=5) for _ in range(3)]
        taken = await asyncio.gather(
            *(gateways[turn % 3].take([demand(plan, "together")], 0.0) for turn in range(30))
        )
        for gateway in gateways:
            await gateway.close()
        return [allowed(grants) == [True] for grants in taken]

    assert sum(asyncio.run(scenario())) == 5


def test_what_is_told_is_what_one_process_would_tell(redis: Server) -> None:
    plan = Plan("standard", 60, 60, 3)

    async def scenario() -> list[Grant]:
        rates = SharedRates(redis.url, timeout=5)
        told = []
        for _ in range(4):
            grants = await rates.take([demand(plan, "told")], 0.0)
            assert isinstance(grants, list)
            told += grants
        await rates.close()
        return told

    told = asyncio.run(scenario())
    assert [(grant.allowed, grant.remaining) for grant in told] == [
        (True, 2), (True, 1), (True, 0), (False, 0),
    ]  # fmt: skip
    assert told[0].reset == 1
    assert told[3].retry_after == 1


def test_an_allowance_that_is_used_up_spares_the_others(redis: Server) -> None:
    narrow, wide = Plan("narrow", 1, 3600, 1), Plan("wide", 2, 3600, 2)

    async def scenario() -> list[list[bool]]:
        rates = SharedRates(redis.url, timeout=5)
        asked = [demand(narrow, "spared", "a"), demand(wide, "spared", "b")]
        told = [allowed(await rates.take(held, 0.0)) for held in (asked, asked, asked[::-1], asked[::-1])]
        last = await rates.take(asked[1:], 0.0)
        assert isinstance(last, list)
        assert last[0].remaining == 0
        await rates.close()
        return [*told, allowed(last)]

    assert asyncio.run(scenario()) == [[True, True], [False, True], [True, False], [True, False], [True]]


def test_several_are_told_as_one_process_would_tell_them(redis: Server) -> None:
    asked = [demand(Plan("narrow", 3, 3600, 2), "both", "a"), demand(Plan("wide", 9, 3600, 9), "both", "b")]

    async def scenario() -> list[object]:
        rates = SharedRates(redis.url, timeout=5)
        told = [await rates.take(asked, 0.0) for _ in range(4)]
        await rates.close()
        return list(told)

    local = Rates()
    for shared, alone in zip(
        asyncio.run(scenario()), [local.take_all(asked, 0.0) for _ in range(4)], strict=True
    ):
        assert isinstance(shared, list)
        assert [(one.allowed, one.remaining) for one in shared] == [
            (one.allowed, one.remaining) for one in alone
        ]


@settings(max_examples=10, deadline=None)
@given(limit=st.integers(1, 20), burst=st.integers(1, 20), calls=st.integers(1, 40))
def test_never_more_than_the_burst_at_once(redis: Server, limit: int, burst: int, calls: int) -> None:
    plan, who = Plan("p", limit, 1_000_000, burst), str(uuid.uuid4())

    async def scenario() -> int:
        rates = SharedRates(redis.url, timeout=5)
        taken = [allowed(await rates.take([demand(plan, who)], 0.0)) == [True] for _ in range(calls)]
        await rates.close()
        return sum(taken)

    assert asyncio.run(scenario()) == min(burst, calls)


def test_without_redis_calls_are_refused_or_limited_here_as_configured(tmp_path: Path) -> None:
    """Redis is killed, and comes back without its memory."""
    plan = Plan("standard", 2, 3600, 2)
    time = [0.0]

    async def scenario(server: Server) -> None:
        closed = SharedRates(server.url, "refuse", timeout=5, now=lambda: time[0])
        local = SharedRates(server.url, "allow-local", timeout=5, now=lambda: time[0])
        assert allowed(await closed.take([demand(plan)], 0.0)) == [True]
        assert allowed(await local.take([demand(plan)], 0.0)) == [True]
        await asyncio.to_thread(server.kill)
        assert await closed.take([demand(plan)], 0.0) is UNAVAILABLE
        assert [allowed(await local.take([demand(plan)], 0.0)) for _ in range(3)] == [[True], [True], [False]]
        assert closed.problem == local.problem == "ConnectionError"
        await asyncio.to_thread(server.start)
        assert await closed.take([demand(plan)], 0.0) is UNAVAILABLE  # not asked again so soon
        time[0] = 2.0
        assert allowed(await closed.take([demand(plan)], 0.0)) == [True]
        assert allowed(await local.take([demand(plan)], 0.0)) == [True]
        assert (closed.problem, local.problem) == ("", "")
        assert closed.counts == {"shared": 2, "local": 0, "refused": 2}
        assert local.counts == {"shared": 2, "local": 3, "refused": 0}
        await closed.close()
        await local.close()

    with redis_server.serving(tmp_path) as server:
        asyncio.run(scenario(server))
