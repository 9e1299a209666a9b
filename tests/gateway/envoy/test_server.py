"""Through the real Envoy: what passes, what does not, and what happens when we are away."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from gateway.envoy.server import Answering, serving
from gateway.rules import Rules
from gateway.snapshot.operation import Mode, Modes
from gateway.snapshot.snapshot import Snapshot
from gateway.verdicts import Bounds
from tests.gateway.world import ORDERS, orders

from .world import ORDER, Upstream, running

KEY = {"x-api-key": "secret"}
POST = {"content-type": "application/json", "idempotency-key": "6a7d7d1e-5b3f-4d5e-8a63-1f8f5f2b2d11", **KEY}
SECURED = ORDERS.replace("paths:", "security: [{key: []}]\npaths:", 1).replace(
    "components:", "components:\n  securitySchemes: {key: {type: apiKey, in: header, name: X-API-Key}}"
)


class Service:
    """Our gRPC service in a thread of its own, so that it can be killed."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run()), daemon=True)
        self._thread.start()
        assert self._ready.wait(10)

    async def _run(self) -> None:
        self._loop, self._end = asyncio.get_running_loop(), asyncio.Event()
        answering = Answering(lambda: self.snapshot, lambda: 1_793_000_000.0)
        async with serving(answering, "127.0.0.1", 0, self.snapshot.bounds.request_body, 0) as self.port:
            self._ready.set()
            await self._end.wait()

    def kill(self) -> None:
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._end.set)
            self._thread.join(10)


class World:
    def __init__(self, upstream: Upstream, service: Service, client: httpx.Client) -> None:
        self.upstream, self.service, self.client = upstream, service, client

    def mode(self, response: Mode) -> None:
        self.service.snapshot = secured(self.upstream.url, response)


def secured(url: str, response: Mode = "enforce") -> Snapshot:
    bounds = Bounds(request_body=100_000, response_body=200_000)
    return orders(
        url, modes=Modes("enforce", response), rules=Rules(security="presence"), text=SECURED, bounds=bounds
    )


@pytest.fixture(scope="module")
def shared_world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    upstream = Upstream()
    snapshot = secured(upstream.url)
    service = Service(snapshot)
    try:
        with running(snapshot, service.port, tmp_path_factory.mktemp("envoy")) as client:
            yield World(upstream, service, client)
    finally:
        service.kill()
        upstream.close()


@pytest.fixture
def world(shared_world: World) -> World:
    shared_world.upstream.body, shared_world.upstream.status = ORDER, 201
    shared_world.upstream.seen.clear()
    shared_world.mode("enforce")
    return shared_world


def test_a_good_call_passes(world: World) -> None:
    answer = world.client.post(
        "/erp/v1/orders", content=ORDER, headers=POST | {"lading-upstream": "elsewhere"}
    )
    assert (answer.status_code, answer.content) == (201, ORDER)
    ((method, path, headers, body),) = world.upstream.seen
    assert (method, path, body) == ("POST", "/erp/v1/orders", ORDER)
    assert "lading-upstream" not in headers
    assert headers["accept-encoding"] != "*"


@pytest.mark.parametrize(
    ("method", "path", "headers", "content", "status", "code"),
    [
        ("POST", "/erp/v1/orders", POST, b'{"sku":""}', 422, "invalid-request"),
        ("POST", "/erp/v1/orders", POST, b'{"sku":"a","sku":"b","quantity":1}', 400, "invalid-request"),
        ("GET", "/erp/v1/orders", {}, b"", 401, "no-credentials"),
        ("GET", "/erp/v1/orders?limit=x", KEY, b"", 400, "invalid-request"),
        ("GET", "/erp/v1/nowhere", KEY, b"", 404, "not-found"),
        ("DELETE", "/erp/v1/orders", KEY, b"", 405, "method-not-allowed"),
        ("GET", "/erp/v1/x/%2e%2e/orders", KEY, b"", 400, "malformed-path"),
    ],
)
def test_a_bad_one_gets_the_problem_of_the_gateway(
    world: World, method: str, path: str, headers: dict[str, str], content: bytes, status: int, code: str
) -> None:
    answer = world.client.request(method, path, headers=headers, content=content)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["type"] == f"urn:lading:problem:{code}"
    assert world.upstream.seen == []


def test_a_wrong_answer_is_withheld(world: World) -> None:
    world.upstream.body = b'{"sku":"s3cr3t"}'
    answer = world.client.post("/erp/v1/orders", content=ORDER, headers=POST)
    assert answer.status_code == 502
    assert answer.json()["type"] == "urn:lading:problem:invalid-response"
    assert b"s3cr3t" not in answer.content


@pytest.mark.parametrize("mode", ["monitor", "off"])
def test_it_passes_where_the_mode_does_not_enforce(world: World, mode: Mode) -> None:
    world.mode(mode)
    world.upstream.body = b'{"sku":"x"}'
    assert world.client.post("/erp/v1/orders", content=ORDER, headers=POST).content == b'{"sku":"x"}'


def test_a_request_beyond_the_bound_is_413(world: World) -> None:
    answer = world.client.post("/erp/v1/orders", content=b" " * 150_000, headers=POST)
    assert answer.status_code == 413
    assert world.upstream.seen == []


@pytest.mark.parametrize(("mode", "passes"), [("enforce", False), ("monitor", True), ("off", True)])
def test_an_answer_beyond_the_bound_has_a_declared_outcome(world: World, mode: Mode, passes: bool) -> None:
    world.mode(mode)
    world.upstream.body = b'{"sku":"' + b"x" * 1_000_000 + b'","quantity":1}'
    answer = world.client.post("/erp/v1/orders", content=ORDER, headers=POST)
    assert (answer.status_code == 201) is passes
    assert (len(answer.content) > 1_000_000) is passes
    if not passes:
        assert answer.status_code in (500, 502)


def test_an_upstream_that_is_away_is_envoys_own_answer(world: World) -> None:
    world.service.snapshot = secured("http://127.0.0.1:9")
    answer = world.client.get("/erp/v1/orders", headers=KEY)
    assert answer.status_code == 503, "its cluster is not in Envoy's configuration"


def test_without_us_nothing_passes(tmp_path: Path) -> None:
    upstream = Upstream()
    snapshot = secured(upstream.url)
    service = Service(snapshot)
    try:
        with running(snapshot, service.port, tmp_path) as client:
            assert client.post("/erp/v1/orders", content=ORDER, headers=POST).status_code == 201
            service.kill()
            assert client.post("/erp/v1/orders", content=ORDER, headers=POST).status_code == 503
        assert len(upstream.seen) == 1
    finally:
        service.kill()
        upstream.close()


def test_a_taken_port_is_told() -> None:
    service = Service(secured("http://127.0.0.1:9"))

    async def again() -> None:
        answering = Answering(lambda: service.snapshot, lambda: 0.0)
        async with serving(answering, "127.0.0.1", service.port, 1):
            pass

    try:
        with pytest.raises(OSError, match=str(service.port)):
            asyncio.run(again())
    finally:
        service.kill()
