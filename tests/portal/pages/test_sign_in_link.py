"""One-time sign-in links."""

from __future__ import annotations

import pytest

from registry.domain.access import SYSTEM
from registry.services import identity
from registry.services.identity import COOKIE
from tests.portal.conftest import Opener, Site


def link(site: Site) -> str:
    with site.registry.unit(SYSTEM) as context:
        return identity.issue_link(context, "new@example.org", role="viewer", name="Nia New").path


def test_opening_a_link_spends_nothing_and_confirming_does_once(fresh: Site) -> None:
    path = link(fresh)
    with fresh.client(None) as client:
        for _ in range(2):
            assert "Sign me in" in client.get(path).text, "previews and scanners open links too"
        answer = client.post("/sign-in/link", data={"token": path.partition("=")[2]})
        assert answer.status_code == 303
        cookie = answer.headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "samesite=lax" in cookie.lower()
        assert client.get("/").status_code == 200
    with fresh.client(None) as other:
        again = other.post("/sign-in/link", data={"token": path.partition("=")[2]})
        assert again.status_code == 401
        assert "used already" in again.text
        assert COOKIE not in again.headers.get("set-cookie", "")


def test_another_site_cannot_sign_somebody_in(fresh: Site) -> None:
    token = link(fresh).partition("=")[2]
    with fresh.client(None) as client:
        answer = client.post(
            "/sign-in/link", data={"token": token}, headers={"Origin": "https://evil.example"}
        )
        assert answer.status_code == 403
        assert client.post("/sign-in/link", data={"token": token}).status_code == 303, "the link is not spent"


@pytest.mark.browser
def test_signing_in_and_out_in_a_browser(fresh: Site, window: Opener) -> None:
    opened = window(fresh, email=None)
    page = opened.open(link(fresh))
    page.get_by_role("button", name="Sign me in").click()
    page.get_by_role("heading", name="Dispatch desk").wait_for()
    page.locator("summary", has_text="Nia New").click()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("heading", name="Sign in to Lading").wait_for()
    page.goto(fresh.url + "/catalogue")
    assert "/sign-in" in page.url
    assert opened.complaints == []
