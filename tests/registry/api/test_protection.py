from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient
from starlette.datastructures import Headers

from contracts.limits import Limits
from registry.api import create_app
from registry.api.protection import came_from_here
from registry.services import Registry


@pytest.fixture
def small(registry: Registry, token: str) -> TestClient:
    registry.settings = replace(registry.settings, limits=Limits(bytes=1000))
    return TestClient(
        create_app(registry), headers={"Authorization": f"Bearer {token}"}, raise_server_exceptions=False
    )


def test_what_is_too_large_is_refused_by_its_announced_length(small: TestClient) -> None:
    response = small.post("/v1/consumers", content=b"x" * 1_100_000)
    assert (response.status_code, response.json()["code"]) == (413, "request-too-large")
    assert response.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("kind", ["application/json", "multipart/form-data; boundary=x"])
def test_what_is_too_large_is_refused_while_it_arrives(small: TestClient, kind: str) -> None:
    sent = 0

    def endless() -> Iterator[bytes]:
        nonlocal sent
        yield b'--x\r\nContent-Disposition: form-data; name="files"; filename="a"\r\n\r\n'
        while sent < 50_000_000:
            sent += 65_536
            yield b"x" * 65_536

    response = small.post(
        "/v1/contracts/erp/orders/versions", content=endless(), headers={"Content-Type": kind}
    )
    assert (response.status_code, response.json()["code"]) == (413, "request-too-large")


@pytest.mark.parametrize(
    ("headers", "here"),
    [
        ({"sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "none"}, True),
        ({"sec-fetch-site": "same-site"}, False),
        ({"sec-fetch-site": "cross-site", "origin": "http://host"}, False),
        ({"origin": "http://host", "host": "host"}, True),
        ({"origin": "http://host:81", "host": "host"}, False),
        ({"origin": "null", "host": "host"}, False),
        ({"host": "host"}, False),
    ],
)
def test_where_a_request_came_from(headers: dict[str, str], here: bool) -> None:
    assert came_from_here(Headers(headers)) is here


def test_changes_with_a_cookie_from_elsewhere_are_refused(stranger: TestClient) -> None:
    response = stranger.put(
        "/v1/teams/x", json={}, headers={"Cookie": "a=b", "Origin": "https://evil.example"}
    )
    assert response.json()["code"] == "cross-site"
    assert stranger.put("/v1/teams/x", json={}).status_code == 401


def test_every_answer_is_hardened(stranger: TestClient) -> None:
    for path in ("/healthz", "/v1/absent"):
        headers = stranger.get(path).headers
        assert (headers["x-content-type-options"], headers["x-frame-options"]) == ("nosniff", "DENY")
