from __future__ import annotations

from fastapi.testclient import TestClient

from registry.api import create_app
from registry.api.app import routes
from registry.services import Registry


def test_several_applications_can_stand_on_one_registry(registry: Registry) -> None:
    for _ in range(2):
        assert TestClient(create_app(registry)).get("/healthz").json() == {"status": "ok"}


def test_the_frameworks_own_pages_are_not_served(stranger: TestClient) -> None:
    for path in ("/docs", "/redoc", "/openapi.json"):
        assert stranger.get(path).status_code == 404


def test_no_route_is_there_twice() -> None:
    pairs = [(method, route.path) for route in routes() for method in route.methods]  # type: ignore[attr-defined]
    assert len(pairs) == len(set(pairs))
