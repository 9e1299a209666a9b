from __future__ import annotations

from typing import Any

from fastapi.testclient import TestClient

from registry.services import Registry
from tests.registry.conftest import Clock
from tests.registry.examples import orders

PATH = "/v1/contracts/erp/orders/versions"


def publish(client: TestClient, text: bytes, **facts: Any) -> Any:
    return client.post(
        PATH, json={"root": "o.yaml", "files": {"o.yaml": text.decode()}, "owner": "order-desk", **facts}
    )


def test_a_version_is_published_once(client: TestClient, landscape: Registry) -> None:
    made = publish(client, orders())
    assert (made.status_code, made.headers["location"]) == (201, f"{PATH}/1.0.0")
    assert made.json()["gate_run"]["outcome"] == "pass"
    assert publish(client, orders()).json()["status"] == "unchanged"
    taken = publish(client, orders(description="Other."))
    assert (taken.status_code, taken.json()["code"]) == (409, "version-taken")
    assert [one["version"] for one in client.get(PATH).json()["items"]] == ["1.0.0"]
    assert client.get(f"{PATH}/latest").json()["version"] == "1.0.0"


def test_a_refusal_carries_the_gate_run(client: TestClient, landscape: Registry) -> None:
    publish(client, orders())
    refused = publish(client, orders("1.1.0", eta=False))
    assert (refused.status_code, refused.json()["code"]) == (422, "gate-refused")
    run = refused.json()["gate_run"]
    assert run["outcome"] == "fail"
    assert client.get(f"/v1/gate-runs/{run['id']}").json() == run
    assert client.get(f"{PATH}/1.1.0").status_code == 404


def test_what_cannot_be_read_is_told_with_its_place(client: TestClient, landscape: Registry) -> None:
    problem = publish(client, b"openapi: 3.0.3\ninfo: {title: A\npaths: }").json()
    assert problem["source"] == "o.yaml"
    assert problem["line"] >= 2


def test_from_draft_to_retired(client: TestClient, landscape: Registry, clock: Clock) -> None:
    assert publish(client, orders(), draft=True).json()["version"]["state"] == "draft"
    assert client.post(f"{PATH}/1.0.0/publication").json()["state"] == "published"
    assert client.post(f"{PATH}/1.0.0/publication").status_code == 409
    assert publish(client, orders("1.1.0")).status_code == 201
    dates = {"sunset_at": "2027-03-01T00:00:00Z", "replacement": "1.1.0"}
    deprecated = client.put(f"{PATH}/1.0.0/deprecation", json=dates).json()
    assert (deprecated["state"], deprecated["sunset_at"], deprecated["replacement"]) == (
        "deprecated",
        dates["sunset_at"],
        "erp/orders@1.1.0",
    )
    assert client.put(f"{PATH}/1.0.0/retirement").json()["code"] == "before-sunset"
    clock.forward(days=200)
    assert client.put(f"{PATH}/1.0.0/retirement").json()["state"] == "retired"


def test_a_draft_that_the_gate_refuses_stays_a_draft(client: TestClient, landscape: Registry) -> None:
    publish(client, orders())
    drafted = publish(client, orders("1.1.0", eta=False), draft=True)
    assert (drafted.status_code, drafted.json()["gate_run"]["outcome"]) == (201, "fail")
    assert client.post(f"{PATH}/1.1.0/publication").json()["code"] == "gate-refused"
    assert client.get(f"{PATH}/1.1.0").json()["state"] == "draft"


def test_who_a_version_still_serves_stands_in_the_refusal(client: TestClient, landscape: Registry) -> None:
    publish(client, orders())
    client.put(f"{PATH}/1.0.0/deprecation", json={})
    client.post("/v1/consumers", json={"name": "acme-wms"})
    client.put("/v1/consumers/acme-wms/subscriptions/erp/orders/1", json={"plan": "standard"})
    refused = client.put(f"{PATH}/1.0.0/retirement")
    assert (refused.status_code, refused.json()["code"]) == (409, "still-used")
    assert refused.json()["dependents"] == [
        {"consumer": "acme-wms", "subscribed": True, "calls": 0, "last_at": None, "environments": []}
    ]
    bare = client.put(f"{PATH}/1.0.0/retirement", json={"force": True})
    assert (bare.status_code, bare.json()["code"]) == (422, "reason-missing")
    assert client.put(f"{PATH}/1.0.0/retirement", json={"forced": True}).status_code == 400
    forced = client.put(f"{PATH}/1.0.0/retirement", json={"force": True, "reason": "It leaks."})
    assert forced.json()["state"] == "retired"
    entry = client.get("/v1/audit").json()["items"][0]
    assert (entry["action"], entry["details"]["reason"]) == ("version.retired", "It leaks.")
