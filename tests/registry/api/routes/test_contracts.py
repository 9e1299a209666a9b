from __future__ import annotations

from fastapi.testclient import TestClient

from registry.domain.access import SYSTEM
from registry.services import Registry, observations
from tests.registry.services.test_observations import batch, call


def test_contracts_are_created_read_changed_and_listed(client: TestClient, published: Registry) -> None:
    body = {"contract": "carrier/labels", "kind": "openapi", "owner": "carrier-desk"}
    made = client.post("/v1/contracts", json=body)
    assert (made.status_code, made.headers["location"]) == (201, "/v1/contracts/carrier/labels")
    assert client.post("/v1/contracts", json=body).status_code == 409
    assert client.get(made.headers["location"]).json()["latest"] is None
    assert (
        client.patch(made.headers["location"], json={"owner": "order-desk"}).json()["owner"] == "order-desk"
    )
    first = client.get("/v1/contracts?limit=1")
    assert [one["contract"] for one in first.json()["items"]] == ["carrier/labels"]
    assert [one["contract"] for one in client.get(first.links["next"]["url"]).json()["items"]] == [
        "erp/orders"
    ]
    assert [one["contract"] for one in client.get("/v1/contracts?state=published").json()["items"]] == [
        "erp/orders"
    ]


def test_search_elements_and_callers(client: TestClient, published: Registry) -> None:
    assert client.get("/v1/search?q=shipmenteta").json()["items"][0]["key"] == "Order"
    elements = client.get("/v1/contracts/erp/orders/elements?kind=schema").json()["items"]
    assert [one["key"] for one in elements] == ["Order"]
    with published.unit(SYSTEM) as context:
        observations.ingest(context, batch("batch-1", call()))
    callers = client.get("/v1/contracts/erp/orders/callers?since=2026-11-23T00:00:00Z").json()["items"]
    assert callers[0]["calls"] == 3
    assert client.get("/v1/contracts/erp/absent/callers").status_code == 404
