from __future__ import annotations

from datetime import UTC, datetime

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from registry.api.calls import moment, trusted
from registry.domain.access import SYSTEM
from registry.domain.errors import Invalid
from registry.services import Registry, identity, tokens
from tests.registry.conftest import Clock


def with_token(registry: Registry, *scopes: str) -> dict[str, str]:
    with registry.unit(SYSTEM) as context:
        return {"Authorization": f"Bearer {tokens.issue(context, 'x', scopes).text}"}


def test_nobody_is_asked_to_sign_in(stranger: TestClient) -> None:
    response = stranger.get("/v1/contracts")
    assert (response.status_code, response.headers["www-authenticate"]) == (401, 'Bearer realm="lading"')


@pytest.mark.parametrize(
    "header", ["Bearer guess", "Basic eDp5", "Bearer", "", "Bearer lt_aaaaaaaa_" + "a" * 43]
)
def test_a_token_that_does_not_hold_is_an_error_also_where_none_is_needed(
    stranger: TestClient, header: str
) -> None:
    for path in ("/v1/contracts", "/healthz"):
        assert stranger.get(path, headers={"Authorization": header}).status_code == 401


def test_a_token_opens_what_its_scopes_say(stranger: TestClient, registry: Registry) -> None:
    reader = with_token(registry, "contracts:read")
    assert stranger.get("/v1/contracts", headers=reader).status_code == 200
    assert stranger.put("/v1/teams/x", headers=reader, json={}).status_code == 403
    assert stranger.get("/v1/audit", headers=reader).json()["code"] == "not-allowed"


def test_use_of_a_token_is_noted(stranger: TestClient, registry: Registry, clock: Clock) -> None:
    reader = with_token(registry, "contracts:read")
    stranger.get("/v1/contracts", headers=reader)
    with registry.unit.read(SYSTEM) as context:
        (token,) = tokens.browse(context)
    assert token.last_used_at == clock.now


def test_a_session_opens_what_its_roles_say(stranger: TestClient, registry: Registry) -> None:
    with registry.unit(SYSTEM) as context:
        link = identity.issue_link(context, "ada@example.org", role="viewer")
        made = identity.redeem_link(context, link.token, lifetime=registry.settings.session_lifetime)
    stranger.cookies.set(identity.COOKIE, made.token)
    here = {"Sec-Fetch-Site": "same-origin"}
    assert stranger.get("/v1/me").json()["name"] == "ada@example.org"
    assert stranger.put("/v1/teams/x", json={}, headers=here).status_code == 403
    assert (
        stranger.put("/v1/teams/x", json={}, headers={"Sec-Fetch-Site": "cross-site"}).json()["code"]
        == "cross-site"
    )
    assert stranger.delete("/v1/session", headers=here).status_code == 204
    assert stranger.get("/v1/me").status_code == 401


@pytest.mark.parametrize(
    ("content", "kind", "status", "code"),
    [
        (b"{", "application/json", 400, "not-json"),
        (b'{"name": "a", "name": "b"}', "application/json", 400, "not-json"),
        (b"NaN", "application/json", 400, "not-json"),
        (b'{"name": 1}', "application/json", 400, "invalid-body"),
        (b'{"name": "a", "surprise": 1}', "application/json", 400, "invalid-body"),
        (b"", "application/json", 400, "not-json"),
        (b"", "", 400, "missing-body"),
        (b"name=a", "application/x-www-form-urlencoded", 415, "unsupported-media-type"),
        (b'{"name": "\xff"}', "application/json", 400, "not-json"),
        (b"[" * 100_000, "application/json", 400, "not-json"),
    ],
)
def test_bodies_that_are_not_what_the_contract_asks_for(
    client: TestClient, content: bytes, kind: str, status: int, code: str
) -> None:
    response = client.post("/v1/consumers", content=content, headers={"Content-Type": kind} if kind else {})
    assert (response.status_code, response.json()["code"]) == (status, code)


def test_the_place_in_the_body_is_told(client: TestClient) -> None:
    response = client.post("/v1/tokens", json={"name": "x", "scopes": ["contracts:read", "everything"]})
    assert response.json()["pointer"] == "/scopes/1"


def test_who_is_trusted_in_this_process_cannot_be_said_from_outside(api: FastAPI) -> None:
    assert TestClient(trusted(api, SYSTEM)).get("/v1/audit").status_code == 200
    assert TestClient(api).get("/v1/audit", headers={"lading.actor": "system"}).status_code == 401


def test_times_have_a_zone_and_exist() -> None:
    assert moment("2026-01-01t00:00:00z") == datetime(2026, 1, 1, tzinfo=UTC)
    assert moment(None) is None
    with pytest.raises(Invalid):
        moment("2026-01-01T24:30:00Z")
