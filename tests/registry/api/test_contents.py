from __future__ import annotations

from fastapi.testclient import TestClient

from registry.domain.contracts import digest
from registry.services import Registry
from tests.registry.examples import orders


def test_bytes_by_digest_may_be_kept_for_ever(client: TestClient, published: Registry) -> None:
    path = f"/v1/contents/{digest(orders())}"
    response = client.get(path)
    assert response.content == orders()
    assert response.headers["etag"] == f'"{digest(orders())}"'
    assert "immutable" in response.headers["cache-control"]
    assert response.headers["content-type"].startswith("application/yaml")
    again = client.get(path, headers={"If-None-Match": response.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(f"/v1/contents/{digest(b'absent')}").status_code == 404


def test_what_latest_leads_to_is_asked_for_again(client: TestClient, published: Registry) -> None:
    response = client.get("/v1/contracts/erp/orders/versions/latest/content")
    assert response.content == orders()
    assert "immutable" not in response.headers["cache-control"]
    assert (
        client.get("/v1/contracts/erp/orders/versions/latest/content?file=other.yaml").json()["code"]
        == "no-such-file"
    )
