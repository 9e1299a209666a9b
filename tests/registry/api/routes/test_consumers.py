from __future__ import annotations

from fastapi.testclient import TestClient

from registry.services import Registry


def test_a_consumer_gets_a_key_in_a_minute(client: TestClient, published: Registry) -> None:
    made = client.post("/v1/consumers", json={"name": "acme-wms", "title": "ACME WMS"})
    assert (made.status_code, made.headers["location"]) == (201, "/v1/consumers/acme-wms")
    subscribed = client.put("/v1/consumers/acme-wms/subscriptions/erp/orders/1", json={})
    assert (subscribed.json()["plan"], subscribed.json()["consumer"]) == ("standard", "acme-wms")
    issued = client.post(
        "/v1/consumers/acme-wms/keys", json={"label": "test", "expires_at": "2030-01-01T00:00:00Z"}
    )
    assert issued.status_code == 201
    assert issued.headers["cache-control"] == "no-store"
    shown = client.get("/v1/consumers/acme-wms")
    assert issued.json()["text"] not in shown.text
    assert [one["id"] for one in shown.json()["keys"]] == [issued.json()["key"]["id"]]
    assert [one["name"] for one in client.get("/v1/consumers").json()["items"]] == ["acme-wms"]


def test_keys_are_rotated_and_revoked_and_subscriptions_end(client: TestClient, published: Registry) -> None:
    client.post("/v1/consumers", json={"name": "acme"})
    first = client.post("/v1/consumers/acme/keys", json={}).json()["key"]["id"]
    second = client.post(
        f"/v1/consumers/acme/keys/{first}/rotation", json={"until": "2026-12-01T00:00:00Z"}
    ).json()["key"]["id"]
    assert client.delete(f"/v1/consumers/acme/keys/{second}").json()["revoked_at"]
    keys = {one["id"]: one for one in client.get("/v1/consumers/acme").json()["keys"]}
    assert keys[first]["expires_at"] == "2026-12-01T00:00:00Z"
    path = "/v1/consumers/acme/subscriptions/erp/orders/1"
    client.put(path, json={})
    assert client.delete(path).status_code == 204
    assert client.get("/v1/consumers/acme").json()["subscriptions"][0]["ended_at"]


def test_a_subscription_is_pinned(client: TestClient, published: Registry) -> None:
    client.post("/v1/consumers", json={"name": "acme"})
    path = "/v1/consumers/acme/subscriptions/erp/orders/1"
    client.put(path, json={})
    pinned = client.put(f"{path}/pin", json={"version": "1.0.x"})
    assert (pinned.status_code, pinned.json()["pin"]) == (200, "1.0")
    assert client.put(f"{path}/pin", json={"version": "1.9"}).status_code == 404
    assert client.put(f"{path}/pin", json={}).status_code in (400, 422)
    assert client.delete(f"{path}/pin").json()["pin"] is None


def test_a_subscription_is_extended_beyond_the_sunset(client: TestClient, published: Registry) -> None:
    client.post("/v1/consumers", json={"name": "acme"})
    path = "/v1/consumers/acme/subscriptions/erp/orders/1"
    client.put(path, json={})
    extended = client.put(f"{path}/extension", json={"until": "2031-01-01T00:00:00Z"})
    assert (extended.status_code, extended.json()["extended_until"]) == (200, "2031-01-01T00:00:00Z")
    assert client.put(f"{path}/extension", json={}).status_code in (400, 422)
    assert client.delete(f"{path}/extension").json()["extended_until"] is None
