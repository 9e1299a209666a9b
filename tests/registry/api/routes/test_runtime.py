from __future__ import annotations

import threading
import time
from typing import Any

import pytest
from fastapi.testclient import TestClient

from registry.api.routes import runtime
from registry.domain.access import SYSTEM
from registry.services import Registry, UnitOfWork, consumers
from tests.registry.conftest import Clock

BATCH: dict[str, Any] = {
    "batch": "0b7a6c1e-0000-4000-8000-000000000001", "gateway": "g1", "environment": "default",
    "calls": [{"contract": "erp/orders", "version": "1.0.0", "operation": "GET /orders/{orderId}", "consumer": None, "outcome": "ok", "status": 200, "count": 3, "first_at": "2026-11-23T10:00:00Z", "last_at": "2026-11-23T10:05:00Z"}],
    "violations": [{"fingerprint": "f" * 16, "contract": "erp/orders", "version": "1.0.0", "operation": None, "consumer": None, "direction": "request", "location": "body", "pointer": "/a", "schema_pointer": "/b", "code": "type", "message": "m", "count": 2, "first_at": "2026-11-23T10:00:00Z", "last_at": "2026-11-23T10:05:00Z", "sample": None}],
}  # fmt: skip


def test_a_line_is_served_and_withdrawn(client: TestClient, published: Registry) -> None:
    path = "/v1/deployments/default/erp/orders/1"
    assert (
        client.put(path, json={"upstreams": ["http://127.0.0.1:9001"]}).json()["base_path"]
        == "/erp/orders/v1"
    )
    assert len(client.get("/v1/deployments?contract=erp/orders&environment=default").json()["items"]) == 1
    assert client.delete(path).status_code == 204
    assert client.delete(path).status_code == 404


SEEN: dict[str, Any] = {
    **BATCH,
    "batch": "0b7a6c1e-0000-4000-8000-000000000002",
    "shadows": [{"contract": None, "method": "GET", "path": "/wp-login.php", "consumer": None, "passed": False, "status": 404, "count": 9, "first_at": "2026-11-23T10:00:00Z", "last_at": "2026-11-23T10:05:00Z"}],
    "uses": [{"contract": "erp/orders", "version": "1.0.0", "operation": "GET /orders/{orderId}", "part": "response 200", "pointer": "/colour", "value": None, "declared": False, "count": 1, "first_at": "2026-11-23T10:00:00Z", "last_at": "2026-11-23T10:05:00Z"}],
    "violations": [{**BATCH["violations"][0], "trace_id": "1" * 32}],
}  # fmt: skip


def test_what_is_beside_the_contracts_is_taken_in_and_listed(client: TestClient, published: Registry) -> None:
    taken = client.post("/v1/observations", json=SEEN)
    assert (taken.status_code, taken.json()["shadows"], taken.json()["uses"]) == (202, 1, 1)
    (shadow,) = client.get("/v1/shadows").json()["items"]
    assert (shadow["path"], shadow["contract"], shadow["count"]) == ("/wp-login.php", None, 9)
    assert client.get("/v1/shadows?contract=erp/orders").json()["items"] == []
    drift = client.get("/v1/contracts/erp/orders/versions/1.0.0/drift").json()
    assert drift["operations"][0]["undeclared"][0]["pointer"] == "/colour"
    late = "/v1/contracts/erp/orders/versions/latest/drift?since=2027-01-01T00:00:00Z"
    assert client.get(late).json()["uncalled"] == ["GET /orders/{orderId}"]
    assert client.get("/v1/zombies").json() == {"items": []}
    assert client.get("/v1/violations").json()["items"][0]["trace_id"] == "1" * 32
    wrong = {
        **SEEN,
        "batch": "0b7a6c1e-0000-4000-8000-000000000003",
        "uses": [{**SEEN["uses"][0], "part": "body"}],
    }
    assert client.post("/v1/observations", json=wrong).status_code == 400


def test_a_bundle_has_a_tag_and_is_not_sent_twice(client: TestClient, stranger: TestClient) -> None:
    first = client.get("/v1/bundles/default")
    assert first.headers["content-type"] == "application/jose"
    again = client.get("/v1/bundles/default", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/v1/bundles/moon").status_code == 404
    assert stranger.get("/v1/bundles/keys").json()["keys"][0]["crv"] == "Ed25519"


@pytest.mark.parametrize("by", ["this process", "another process"])
def test_who_waits_for_a_bundle_is_told_when_it_changes(
    client: TestClient, published: Registry, by: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runtime, "_LOOK_EVERY", 0.05)
    first = client.get("/v1/bundles/default")
    unit = published.unit if by == "this process" else UnitOfWork(published.engine, published.unit.clock)

    def write() -> None:
        with unit(SYSTEM) as context:
            consumers.create(context, "late")

    threading.Timer(0.2, write).start()
    began = time.monotonic()
    second = client.get("/v1/bundles/default?wait=30", headers={"If-None-Match": first.headers["etag"]})
    assert second.status_code == 200
    assert second.headers["etag"] != first.headers["etag"]
    assert time.monotonic() - began < 25


def test_who_waits_in_vain_is_told_so(client: TestClient) -> None:
    first = client.get("/v1/bundles/default")
    assert (
        client.get("/v1/bundles/default?wait=1", headers={"If-None-Match": first.headers["etag"]}).status_code
        == 304
    )


def test_observations_are_counted_once_and_violations_answered(
    client: TestClient, published: Registry
) -> None:
    assert [client.post("/v1/observations", json=BATCH).status_code for _ in range(2)] == [202, 200]
    assert client.get("/v1/contracts/erp/orders/callers").json()["items"][0]["calls"] == 3
    (violation,) = client.get("/v1/violations?state=open&contract=erp/orders").json()["items"]
    assert violation["count"] == 2
    path = f"/v1/violations/{violation['id']}"
    assert client.put(f"{path}/acknowledgement", json={"note": "Known."}).json()["note"] == "Known."
    assert client.get(path).json()["state"] == "acknowledged"
    assert client.delete(f"{path}/acknowledgement").json()["state"] == "open"
    assert client.get("/v1/violations/999999").status_code == 404


def test_each_batch_takes_away_what_is_too_old(client: TestClient, published: Registry, clock: Clock) -> None:
    assert client.post("/v1/observations", json=SEEN).status_code == 202
    clock.forward(days=91)
    batch = {**BATCH, "batch": "0b7a6c1e-0000-4000-8000-000000000004"}
    assert client.post("/v1/observations", json=batch).status_code == 202
    assert client.get("/v1/shadows").json()["items"] == []
    assert client.get("/v1/contracts/erp/orders/callers").json()["items"][0]["calls"] == 6
    metrics = client.get("/metrics").text
    assert 'lading_removed_total{kind="shadow"} 0.0' not in metrics
    assert 'lading_removed_total{kind="shadow"}' in metrics


def test_contents_need_a_token(stranger: TestClient) -> None:
    assert stranger.get("/v1/contents/sha256:" + "0" * 64).status_code == 401
