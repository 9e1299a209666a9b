from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

from registry.services import Registry
from tests.registry.examples import orders

PATH = "/v1/contracts/erp/orders/versions"
FILE = ("files", ("orders.yaml", orders(), "application/octet-stream"))


def contracts(client: TestClient) -> list[str]:
    return [one["contract"] for one in client.get("/v1/contracts").json()["items"]]


def test_json_and_upload_are_the_same(client: TestClient, landscape: Registry) -> None:
    body = {"root": "orders.yaml", "files": {"orders.yaml": orders().decode()}, "owner": "order-desk"}
    assert client.post(PATH, json=body).status_code == 201
    again = client.post(PATH, data={"root": "orders.yaml"}, files=[FILE])
    assert (again.status_code, again.json()["status"]) == (200, "unchanged")


def test_folders_in_names_are_kept(client: TestClient, landscape: Registry) -> None:
    root = b"openapi: 3.0.3\ninfo: {title: A, version: 1.0.0}\npaths: {}\ncomponents: {schemas: {A: {$ref: 'parts/\xc3\xa4.yaml'}}}\n"
    files = [("files", ("root.yaml", root)), ("files", ("parts/ä.yaml", b"type: string\n"))]
    response = client.post(
        PATH, data={"root": "root.yaml", "owner": "order-desk", "source": "import"}, files=files
    )
    assert set(response.json()["version"]["files"]) == {"root.yaml", "parts/ä.yaml"}, response.text


@pytest.mark.parametrize(
    ("data", "files", "status", "code"),
    [
        ({}, [FILE], 400, "missing-part"),
        ({"root": "orders.yaml"}, [], 400, None),
        ({"root": "orders.yaml", "surprise": "1"}, [FILE], 400, "unknown-part"),
        ({"root": "orders.yaml"}, [FILE, FILE], 422, "repeated-part"),
        ({"root": "orders.yaml", "source": "theft"}, [FILE], 400, "invalid-part"),
        ({"root": "orders.yaml", "draft": "maybe"}, [FILE], 400, "invalid-part"),
        ({"root": "orders.yaml", "owner": "Not A Name"}, [FILE], 422, "invalid-name"),
        ({"root": "orders.yaml", "version": "x"}, [FILE], 422, "invalid-version"),
        ({"root": "other.yaml"}, [FILE], 422, "no-root"),
    ],
)
def test_uploads_that_make_no_sense(
    client: TestClient, landscape: Registry, data: Any, files: Any, status: int, code: str | None
) -> None:
    response = client.post(PATH, data=data, files=files or [("other", ("x", b""))])
    assert response.status_code == status, response.text
    assert code is None or response.json()["code"] == code
    assert contracts(client) == []


def test_an_upload_that_is_cut_off_stores_nothing(client: TestClient, landscape: Registry) -> None:
    whole = client.build_request(
        "POST", PATH, data={"root": "orders.yaml", "owner": "order-desk"}, files=[FILE]
    )
    content = whole.read()
    for share in (0.2, 0.5, 0.9, 0.99):
        cut = content[: int(len(content) * share)]
        response = client.post(PATH, content=cut, headers={"Content-Type": whole.headers["content-type"]})
        assert 400 <= response.status_code < 500, (share, response.text)
        assert contracts(client) == []
