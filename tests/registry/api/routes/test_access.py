from __future__ import annotations

from fastapi.testclient import TestClient

from registry.domain.access import SYSTEM
from registry.services import Registry, identity


def test_people_get_roles_and_links(client: TestClient, stranger: TestClient, landscape: Registry) -> None:
    person = client.put(
        "/v1/people/ada@example.org",
        json={"name": "Ada", "grants": [{"role": "owner", "domain": "erp"}, {"role": "viewer"}]},
    )
    assert person.json()["grants"] == [{"role": "owner", "domain": "erp"}, {"role": "viewer", "domain": "*"}]
    assert [one["name"] for one in client.get("/v1/people").json()["items"]] == ["Ada"]
    link = client.post("/v1/people/ada@example.org/links")
    assert link.headers["cache-control"] == "no-store"
    token = link.json()["url"].partition("token=")[2]
    with landscape.unit(SYSTEM) as context:
        made = identity.redeem_link(context, token, lifetime=landscape.settings.session_lifetime)
    stranger.cookies.set(identity.COOKIE, made.token)
    me = stranger.get("/v1/me").json()
    assert me["kind"] == "person"
    assert "contracts:write" in me["grants"]["erp"]
    assert "contracts:write" not in me["grants"]["*"]


def test_tokens_are_issued_listed_and_revoked(client: TestClient, stranger: TestClient) -> None:
    issued = client.post(
        "/v1/tokens",
        json={"name": "gateway", "scopes": ["bundles:read"], "expires_at": "2030-01-01T00:00:00Z"},
    ).json()
    token = {"Authorization": f"Bearer {issued['text']}"}
    assert stranger.get("/v1/bundles/default", headers=token).status_code == 200
    listed = client.get("/v1/tokens")
    assert issued["text"] not in listed.text
    assert client.delete(f"/v1/tokens/{issued['token']['id']}").json()["revoked_at"]
    assert stranger.get("/v1/bundles/default", headers=token).status_code == 401


def test_the_audit_is_read_and_verified(client: TestClient, published: Registry) -> None:
    first = client.get("/v1/audit?subject=erp/orders&limit=1")
    assert first.json()["items"][0]["action"] == "gate.pass"
    assert first.links["next"]["url"].endswith(first.json()["after"])
    verdict = client.get("/v1/audit/verification").json()
    assert (verdict["intact"], verdict["broken_at"]) == (True, None)
