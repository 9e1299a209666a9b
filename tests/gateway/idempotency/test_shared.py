import asyncio
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest

from gateway.idempotency.answers import Answer
from gateway.idempotency.settings import Keeping
from gateway.idempotency.shared import Shared
from tests.gateway import redis_server
from tests.gateway.redis_server import Server

ANSWER = Answer(201, ((b"location", b"/orders/1"),), b'{"a":"\xc3\xbc"}\n\n')


@pytest.fixture(scope="module")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with redis_server.serving(tmp_path_factory.mktemp("redis")) as server:
        yield server


def run(server: Server, scenario: Callable[[Shared, Shared], Awaitable[None]], **changes: float) -> None:
    """With the stores of two gateways."""

    async def whole() -> None:
        stores = [Shared(Keeping(redis=server.url, **changes), timeout=5) for _ in range(2)]  # type: ignore[arg-type]
        await scenario(*stores)
        for store in stores:
            await store.close()

    asyncio.run(whole())


def test_two_gateways_make_a_call_once(redis: Server) -> None:
    async def scenario(one: Shared, two: Shared) -> None:
        told = await asyncio.gather(
            *((one, two)[turn % 2].begin("once", "p", f"t{turn}", 10, again=False) for turn in range(20))
        )
        assert sorted(found for found, _ in told) == ["claimed"] * 19 + ["new"]
        token = next(f"t{turn}" for turn, (found, _) in enumerate(told) if found == "new")
        assert await two.begin("once", "q", "t", 10, again=False) == ("other", None)
        await two.end("once", "not the holder", "free")
        assert await two.begin("once", "p", "t", 10, again=False) == ("claimed", None)
        await one.end("once", token, "kept", ANSWER)
        assert await two.begin("once", "p", "t", 10, again=True) == ("kept", ANSWER)

    run(redis, scenario)


def test_free_and_unknown(redis: Server) -> None:
    async def scenario(one: Shared, two: Shared) -> None:
        await one.begin("free", "p", "t", 10, again=False)
        await one.end("free", "t", "free")
        assert await two.begin("free", "q", "u", 10, again=False) == ("new", None)
        await one.begin("lost", "p", "t", 10, again=False)
        await one.end("lost", "t", "unknown")
        assert await two.begin("lost", "p", "u", 10, again=False) == ("unknown", None)
        assert await two.begin("lost", "p", "u", 10, again=True) == ("new", None)

    run(redis, scenario)


def test_the_claim_of_a_gateway_that_died_lapses_and_is_unknown(redis: Server) -> None:
    async def scenario(one: Shared, two: Shared) -> None:
        await one.begin("died", "p", "t", 0.001, again=False)
        found = "claimed"
        while found == "claimed":
            found, _ = await two.begin("died", "p", "u", 10, again=False)
        assert found == "unknown"
        await one.end("died", "t", "kept", ANSWER)  # it was only slow
        assert await two.begin("died", "p", "u", 10, again=False) == ("kept", ANSWER)

    run(redis, scenario)


def test_entries_have_an_end(redis: Server) -> None:
    async def scenario(one: Shared, two: Shared) -> None:
        await one.begin("aged", "p", "t", 10, again=False)
        await one.end("aged", "t", "kept", ANSWER)
        assert 0 < await one._redis.pttl("lading:idempotency:aged") <= 600_000

    run(redis, scenario, age=600.0)


def test_what_somebody_else_has_written_there_is_not_answered(redis: Server) -> None:
    async def scenario(one: Shared, two: Shared) -> None:
        await one._redis.hset(
            "lading:idempotency:odd", mapping={"print": "p", "state": "kept", "answer": "x"}
        )
        assert await one.begin("odd", "p", "t", 10, again=False) == ("away", None)

    run(redis, scenario)


def test_without_redis_it_is_away_and_is_asked_again_after_a_while(tmp_path: Path) -> None:
    time = [0.0]

    async def scenario(server: Server) -> None:
        store = Shared(Keeping(redis=server.url), timeout=5, now=lambda: time[0])
        assert (await store.begin("k", "p", "t", 10, again=False))[0] == "new"
        await asyncio.to_thread(server.kill)
        assert not await store.end("k", "t", "kept", ANSWER)
        assert (await store.begin("k", "p", "t", 10, again=False))[0] == "away"
        assert store.problem == "ConnectionError"
        await asyncio.to_thread(server.start)
        assert (await store.begin("k", "p", "t", 10, again=False))[0] == "away"
        time[0] = 2.0
        assert (await store.begin("k", "p", "t", 10, again=False))[0] == "new"
        assert store.problem == ""
        await store.close()

    with redis_server.serving(tmp_path) as server:
        asyncio.run(scenario(server))
