from __future__ import annotations

from datetime import date, timedelta

from fastapi.testclient import TestClient

from registry.domain.access import SYSTEM, Scope
from registry.services import Registry, tokens
from tests.registry.conftest import NOON

UNTIL = (NOON.date() + timedelta(days=90)).isoformat()
BODY = {"contract": "erp/orders", "rule": "auth-stated", "reason": "Agreed.", "until": UNTIL}


def other(registry: Registry, *scopes: Scope) -> dict[str, str]:
    with registry.unit(SYSTEM) as context:
        text = tokens.issue(context, "other", list(scopes)).text
    return {"Authorization": f"Bearer {text}"}


def test_it_is_asked_for_by_one_and_granted_by_another(client: TestClient, published: Registry) -> None:
    made = client.post("/v1/waivers", json=BODY)
    assert made.status_code == 201
    place = made.headers["location"]
    assert client.get(place).json() == made.json()
    own = client.put(f"{place}/grant", json={"reason": "Mine."})
    assert (own.status_code, own.json()["code"]) == (403, "own-waiver")
    headers = other(published, Scope.WAIVERS_DECIDE)
    granted = client.put(f"{place}/grant", json={"reason": "Seen."}, headers=headers).json()
    assert (granted["state"], granted["decided_by"]) == ("granted", "token:other")
    assert client.put(f"{place}/refusal", json={"reason": "No."}).status_code == 409
    assert client.put(f"{place}/withdrawal", json={"reason": "Mended."}).json()["state"] == "withdrawn"


def test_a_token_needs_the_scope(client: TestClient, published: Registry) -> None:
    place = client.post("/v1/waivers", json=BODY).headers["location"]
    headers = other(published, Scope.CONTRACTS_READ)
    assert client.post("/v1/waivers", json=BODY, headers=headers).status_code == 403
    for noun in ("grant", "refusal", "withdrawal"):
        assert client.put(f"{place}/{noun}", json={"reason": "x"}, headers=headers).status_code == 403


def test_lists_are_filtered_and_paged(client: TestClient, published: Registry) -> None:
    for rule in ("auth-stated", "naming-*"):
        assert client.post("/v1/waivers", json={**BODY, "rule": rule}).status_code == 201
    page = client.get("/v1/waivers?limit=1")
    assert [one["rule"] for one in page.json()["items"]] == ["naming-*"]
    assert 'rel="next"' in page.headers["link"]
    assert len(client.get("/v1/waivers?state=requested&rule=auth-stated").json()["items"]) == 1
    assert client.get("/v1/waivers?contract=erp/other").json()["items"] == []


def test_days_that_cannot_be_are_refused(client: TestClient, published: Registry) -> None:
    for until in ("0000-01-01", "2020-01-01", date.max.isoformat()):
        refused = client.post("/v1/waivers", json={**BODY, "until": until})
        assert (refused.status_code, refused.json()["code"]) == (422, "invalid-waiver"), until
    assert client.get("/v1/waivers/7").status_code == 404
