"""What callers depend on goes away: issuers, authorization servers, Redis. Nothing passes that was not checked."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from gateway.idempotency.settings import Keeping
from lading.processes import free_port
from tests.gateway import redis_server
from tests.gateway.callers import people
from tests.gateway.desk import Desk, bearer, contract, wait_for
from tests.gateway.world import (
    GOOD,
    HEADERS,
    answering,
    orders,
    running,
)  # fmt: skip


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    held = Desk(tmp_path)
    held.prepare()
    yield held
    held.close()


def issuer(address: str) -> str:
    return f"""
[[issuers]]
issuer = "https://issuer.example"
jwks = "{address}/keys"
audience = ["orders"]
"""


def token(key: Any = None, **changes: Any) -> dict[str, str]:
    moment = int(time.time())
    return bearer(people.token(key, **{"iat": moment, "exp": moment + 300, **changes}))


def test_an_issuer_that_is_away_at_first_and_rotates_later(desk: Desk) -> None:
    port = free_port()
    with desk.gateway(issuer(f"http://127.0.0.1:{port}")):
        assert desk.reason("token", token()) == (503, "credentials-unchecked")
        assert desk.reason("open") == (200, "")
        assert "ConnectError" in desk.ready()["identity"]["issuer https://issuer.example"]
        desk.serve_authorization(port)
        wait_for(lambda: desk.reason("token", token()) == (200, ""), "the issuer's keys")
        desk.keys = [people.rsa("next")]
        wait_for(lambda: desk.reason("token", token(people.rsa("next"))) == (200, ""), "the new key")
        assert desk.reason("token", token()) == (401, "invalid-token")


def test_an_authorization_server_that_does_not_answer(desk: Desk) -> None:
    configuration = f"""
[introspection]
url = "{desk.server}/introspect"
client_id = "gateway"
client_secret_env = "CLIENT_SECRET"
timeout = 0.5
cache = 1
"""
    desk.active["opaque"] = {"active": True, "scope": "read"}
    with desk.gateway(configuration, CLIENT_SECRET="s"):
        assert desk.reason("token", bearer("opaque")) == (200, "")
        desk.go.clear()
        wait_for(
            lambda: desk.reason("token", bearer("opaque")) == (503, "credentials-unchecked"),
            "the end of what was known",
        )
        told: list[tuple[int, str]] = []
        waiting = [
            threading.Thread(target=lambda: told.append(desk.reason("token", bearer("opaque"))))
            for _ in range(10)
        ]
        for thread in waiting:
            thread.start()
        assert desk.reason("open") == (200, "")
        for thread in waiting:
            thread.join(20)
        assert set(told) == {(503, "credentials-unchecked")}
        desk.go.set()
        wait_for(lambda: desk.reason("token", bearer("opaque")) == (200, ""), "the server again")


@pytest.mark.parametrize("when_away", ["refuse", "allow-local"])
def test_redis_is_killed_and_comes_back(desk: Desk, when_away: str) -> None:

    text = contract().replace("paths:\n", "x-rate-limit: {limit: 1000000, window: 1000}\npaths:\n", 1)
    desk.prepare(text=text)
    with redis_server.serving(desk.folder) as redis:
        configuration = f'[limits]\nredis_env = "REDIS"\nwhen_away = "{when_away}"\n'
        with desk.gateway(configuration, REDIS=redis.url):
            assert desk.reason("open") == (200, "")
            redis.kill()
            away = (200, "") if when_away == "allow-local" else (503, "limits-unavailable")
            assert [desk.reason("open") for _ in range(3)] == [away] * 3
            assert desk.ready()["limits"]["problem"] == "ConnectionError"
            redis.start()
            wait_for(
                lambda: desk.reason("open") == (200, "") and not desk.ready()["limits"]["problem"], "Redis"
            )


KEYS = {"operations": {"POST /orders": {"idempotency": "accept"}}}


def test_redis_dies_while_a_call_with_a_key_is_on_its_way(tmp_path: Path) -> None:
    """Its caller has its answer. Who asks again is refused while nobody can tell, and later too: the key is claimed."""
    arrived, go_on = asyncio.Event(), asyncio.Event()

    async def handle(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        arrived.set()
        await go_on.wait()
        await answering(201, GOOD)(head, reader, writer)

    async def scenario(server: redis_server.Server) -> tuple[list[tuple[int, str]], int]:
        async with running(
            handle, lambda url: orders(url, said=KEYS), keeping=Keeping(redis=server.url)
        ) as gateway:
            first = asyncio.ensure_future(gateway.call("POST", "/erp/v1/orders", GOOD, HEADERS))
            await arrived.wait()
            await asyncio.to_thread(server.stop)
            go_on.set()
            told = [await first, await gateway.call("POST", "/erp/v1/orders", GOOD, HEADERS)]
            await asyncio.to_thread(server.go_on)
            while True:
                answer = await gateway.call("POST", "/erp/v1/orders", GOOD, HEADERS)
                if answer[0] != 503:
                    break
            told.append(answer)
            made = len(gateway.seen.heads)
            await gateway.runtime.replays.close()
        return [(status, body.get("type", "").rpartition(":")[2]) for status, _, body in told], made

    with redis_server.serving(tmp_path) as server:
        told, made = asyncio.run(scenario(server))
    assert told == [(201, ""), (503, "idempotency-unavailable"), (409, "idempotency-in-flight")]
    assert made == 1


def test_without_redis_and_with_leave_keys_are_kept_here(tmp_path: Path) -> None:
    async def scenario(url: str) -> tuple[list[int], int]:
        keeping = Keeping(redis=url, when_away="allow-local")
        async with running(
            answering(201, GOOD), lambda held: orders(held, said=KEYS), keeping=keeping
        ) as gateway:
            statuses = [(await gateway.call("POST", "/erp/v1/orders", GOOD, HEADERS))[0] for _ in range(3)]
            made = len(gateway.seen.heads)
            await gateway.runtime.replays.close()
            return statuses, made

    with redis_server.serving(tmp_path) as server:
        server.kill()
        assert asyncio.run(scenario(server.url)) == ([201] * 3, 1)
