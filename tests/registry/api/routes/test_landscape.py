from __future__ import annotations

import pytest
from fastapi.testclient import TestClient


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("teams", {"title": "Order Desk", "email": "desk@example.org"}),
        ("domains", {"title": "ERP", "description": "Orders"}),
        ("systems", {"title": "SAP", "kind": "erp"}),
        ("environments", {"title": "Staging"}),
        ("plans", {"limit": 10, "window": 1, "burst": 2}),
    ],
)
def test_things_are_put_and_listed(client: TestClient, kind: str, body: dict[str, object]) -> None:
    for _ in range(2):
        made = client.put(f"/v1/{kind}/thing", json=body)
        assert made.status_code == 200
        assert made.json().items() >= {"name": "thing", **body}.items()
    assert made.json() in client.get(f"/v1/{kind}").json()["items"]
    assert client.put(f"/v1/{kind}/Not A Name", json=body).status_code == 400
