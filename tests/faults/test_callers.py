"""What callers depend on goes away: issuers, authorization servers, Redis. Nothing passes that was not checked."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from lading.processes import free_port
from tests.gateway import redis_server
from tests.gateway.callers import people
from tests.gateway.desk import Desk, bearer, contract, wait_for


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
