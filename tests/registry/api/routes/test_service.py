from __future__ import annotations

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.exc import OperationalError

from registry.api.contract import source
from registry.services import Registry, UnitOfWork


def test_health_and_readiness(
    stranger: TestClient, registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in ("/healthz", "/readyz"):
        assert stranger.get(path).json() == {"status": "ok"}

    def away(*_: object) -> None:
        raise OperationalError("", {}, Exception("away"))

    monkeypatch.setattr(UnitOfWork, "read", away)
    assert stranger.get("/healthz").status_code == 200
    response = stranger.get("/readyz")
    assert (response.status_code, response.headers["content-type"]) == (503, "application/problem+json")


def test_the_contract_is_served_as_it_is(stranger: TestClient) -> None:
    assert stranger.get("/v1/openapi").content == source()


def test_the_catalogue_is_a_link_set(stranger: TestClient, published: Registry) -> None:
    response = stranger.get("/.well-known/api-catalog")
    assert response.headers["content-type"].startswith("application/linkset+json")
    own, orders = response.json()["linkset"]
    assert own["service-desc"][0]["href"].endswith("/v1/openapi")
    assert orders["anchor"].endswith("/v1/contracts/erp/orders")
    assert orders["service-desc"][0]["href"].endswith("/versions/1.0.0/content")
