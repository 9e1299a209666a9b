"""Times, retries and the breaker through the real Envoy."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx

from gateway.envoy.authorization import UPSTREAM
from gateway.envoy.routes import ROUTE, USUAL, Way, routes, way_of
from gateway.snapshot.snapshot import Snapshot
from gateway.upstreams.policy import Retries
from gateway.verdicts import Request
from tests.gateway.world import operation, orders

from .test_server import Service
from .world import ORDER, Upstream, running

POST = {"content-type": "application/json", "idempotency-key": "6a7d7d1e-5b3f-4d5e-8a63-1f8f5f2b2d11"}
ONE = "/erp/v1/orders/AB1"
ALL = "/erp/v1/orders"


@contextlib.contextmanager
def envoy(
    folder: Path, said: Mapping[str, Any], count: int = 1
) -> Iterator[tuple[httpx.Client, list[Upstream]]]:
    """Envoy before upstreams that are treated as `said`."""
    upstreams = [Upstream() for _ in range(count)]
    for held in upstreams:
        held.status = 200
    snapshot = orders([held.url for held in upstreams], said=said)
    service = Service(snapshot)
    try:
        with running(snapshot, service.port, folder) as client:
            yield client, upstreams
    finally:
        service.kill()
        for held in upstreams:
            held.close()


def known(snapshot: Snapshot) -> list[dict[str, Any]]:
    return routes(snapshot, UPSTREAM, 30.0)


def test_where_nothing_is_said_there_is_one_route() -> None:
    (usual,) = known(orders())
    assert usual["match"] == {"prefix": "/"}
    assert usual["route"] == {"cluster_header": UPSTREAM, "timeout": "30s"}
    assert usual["request_headers_to_remove"] == [UPSTREAM, ROUTE]


def test_each_treatment_is_a_route_that_the_calls_name() -> None:
    snapshot = orders(said={"retries": {}, "operations": {"POST /orders": {"timeout": 5, "retries": 0}}})
    found = {
        route["match"].get("headers", [{"string_match": {"exact": "usual"}}])[0]["string_match"][
            "exact"
        ]: route
        for route in known(snapshot)
    }
    get = way_of(operation(snapshot, "GET", ALL), Request("GET", b"/erp/v1/orders"))
    post = way_of(operation(snapshot, "POST", ALL), Request("POST", b"/erp/v1/orders"))
    assert found[get.name]["route"]["retry_policy"]["retriable_status_codes"] == [502, 503, 504]
    assert found[post.name]["route"] == {"cluster_header": UPSTREAM, "timeout": "5s"}
    assert known(snapshot)[-1]["match"] == {"prefix": "/"}, "the usual one comes last, as it fits every call"


def test_what_may_have_been_made_is_not_made_again() -> None:
    snapshot = orders(said={"retries": {"attempts": 3}})
    policies = [route["route"]["retry_policy"] for route in known(snapshot)[:-1]]
    unsafe = next(held for held in policies if "retriable_status_codes" not in held)
    assert set(unsafe["retry_on"].split(",")) == {"connect-failure", "refused-stream", "reset-before-request"}
    assert unsafe["num_retries"] == 3


def test_a_key_makes_a_call_safe_where_the_upstream_minds_it() -> None:
    keyed = Request("POST", b"/erp/v1/orders", headers=[(b"idempotency-key", b"k")])
    for minds, expected in ((True, True), (False, False)):
        held = operation(orders(said={"retries": {"idempotency_key": minds}}), "POST", ALL)
        assert way_of(held, keyed).safe is expected
        assert not way_of(held, Request("POST", b"/erp/v1/orders")).safe


def test_names_are_those_of_treatments() -> None:
    way = Way(5.0, 2, True, Retries(statuses=frozenset({502, 503})))
    assert way.name == Way(5.0, 2, True, Retries(statuses=frozenset({503, 502}))).name
    assert way.name != replace(way, safe=False).name
    assert USUAL.name == "usual"


def test_an_operation_has_its_own_time(tmp_path: Path) -> None:
    said = {"operations": {"GET /orders": {"timeout": 0.3}}}
    with envoy(tmp_path, said) as (client, (upstream,)):
        upstream.open.clear()
        began = time.monotonic()
        assert client.get(ALL).status_code == 504
        assert time.monotonic() - began < 8
        upstream.open.set()
        upstream.body = b"[]"
        assert client.get(ALL).status_code == 200


def test_what_is_safe_is_tried_again_and_nothing_else(tmp_path: Path) -> None:
    said = {"retries": {"attempts": 2, "base": 0.001}, "operations": {"GET /orders": {"retries": 0}}}
    with envoy(tmp_path, said) as (client, (upstream,)):
        upstream.script = [503, 502]
        assert client.get(ONE).status_code == 200
        assert len(upstream.seen) == 3
        assert all(ROUTE not in headers for _, _, headers, _ in upstream.seen)
        upstream.seen.clear()
        upstream.script = [503]
        safe = way_of(operation(orders(said=said), "GET", ONE), Request("GET", ONE.encode()))
        named = POST | {ROUTE: safe.name}
        assert client.post(ALL, content=ORDER, headers=named).status_code == 502, (
            "503 is no answer that is declared"
        )
        assert len(upstream.seen) == 1, "who names a route himself is overruled"
        upstream.script = [503]
        assert client.get(ALL).status_code == 502
        assert len(upstream.seen) == 2


def test_another_address_is_tried_where_nothing_is_said(tmp_path: Path) -> None:
    with envoy(tmp_path, {}, 2) as (client, upstreams):
        upstreams[0].close()
        assert {client.post(ALL, content=ORDER, headers=POST).status_code for _ in range(8)} == {502}, (
            "200 is not declared"
        )
        assert len(upstreams[1].seen) == 8


def test_a_breaker_opens_by_what_says_that_a_server_is_away(tmp_path: Path) -> None:
    said = {"breaker": {"calls": 5, "window": 0.5, "seconds": 60}}
    with envoy(tmp_path, said) as (client, (upstream,)):
        upstream.status = 500
        until = time.monotonic() + 2  # four windows
        while time.monotonic() < until:
            client.get(ONE)
        assert client.get(ONE).status_code == 502, "the answer of the upstream, which is not declared"
        upstream.status = 503
        until = time.monotonic() + 20
        while (answer := client.get(ONE)).status_code != 503:
            assert time.monotonic() < until, "it stays closed"
        seen = len(upstream.seen)
        assert {client.get(ONE).status_code for _ in range(5)} == {503}
        assert len(upstream.seen) == seen
        assert "healthy" in answer.text


def test_beside_a_breaker_a_failing_address_is_left_out(tmp_path: Path) -> None:
    said = {"breaker": {"calls": 1000}, "ejection": {"failures": 3, "seconds": 60}, "retries": False}
    with envoy(tmp_path, said, 2) as (client, (bad, _)):
        bad.status = 503
        until = time.monotonic() + 20
        while {client.get(ONE).status_code for _ in range(20)} != {200}:
            assert time.monotonic() < until, "it is still called"
        assert len(bad.seen) >= 3  # Envoy tells its workers a moment after the third failure
