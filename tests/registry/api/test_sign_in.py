from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from registry.api import create_app
from registry.api.sign_in import local
from registry.services import Oidc, Registry, identity


@pytest.fixture
def browser(registry: Registry, issuer: str) -> TestClient:
    registry.settings = replace(registry.settings, oidc=Oidc(issuer, "lading", "hush"))
    return TestClient(create_app(registry), follow_redirects=False)


def test_people_sign_in_at_the_issuer(browser: TestClient, agree: Callable[..., str]) -> None:
    leaving = browser.get("/sign-in/oidc?next=/contracts/erp/orders")
    assert leaving.status_code == 303
    back = browser.get(agree(leaving.headers["location"]))
    assert (back.status_code, back.headers["location"]) == (303, "/contracts/erp/orders")
    cookie = next(
        text for text in back.headers.get_list("set-cookie") if text.startswith(identity.COOKIE)
    ).lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    me = browser.get("/v1/me").json()
    assert (me["name"], me["title"]) == ("ada@example.org", "Ada")
    assert "contracts:read" in me["grants"]["*"]
    assert "contracts:write" not in me["grants"]["*"]


def test_an_answer_that_does_not_hold_leads_back_with_the_reason(
    browser: TestClient, agree: Callable[..., str]
) -> None:
    assert (
        browser.get("/sign-in/callback?code=x&state=y").headers["location"]
        == "/sign-in?problem=sign-in-expired"
    )
    leaving = browser.get("/sign-in/oidc")
    unverified = browser.get(agree(leaving.headers["location"], subject="eve"))
    assert unverified.headers["location"] == "/sign-in?problem=no-verified-email"
    assert browser.get("/v1/me").status_code == 401


def test_an_issuer_that_is_away_leads_back_with_the_reason(registry: Registry) -> None:
    registry.settings = replace(registry.settings, oidc=Oidc("http://127.0.0.1:9", "lading"))
    response = TestClient(create_app(registry), follow_redirects=False).get("/sign-in/oidc")
    assert response.headers["location"] == "/sign-in?problem=issuer-away"


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example", "//evil.example", "/\\evil.example", "evil", "", "/a\nb", "javascript:x"],
)
def test_nobody_is_sent_elsewhere_through_us(elsewhere: str) -> None:
    assert local(elsewhere) == "/"


def test_our_own_paths_are_kept() -> None:
    assert local("/contracts/erp/orders?tab=findings#x") == "/contracts/erp/orders?tab=findings#x"


def test_without_an_issuer_there_is_nothing_to_sign_in_at(stranger: TestClient) -> None:
    assert stranger.get("/sign-in/oidc").json()["code"] == "no-issuer"
