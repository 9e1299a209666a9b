"""Granting, refusing and withdrawing, asked once more."""

from __future__ import annotations

import pytest

from tests.portal.conftest import Opener, Site
from tests.portal.seeds import VIEWER
from tests.portal.typing_in import sent


@pytest.mark.parametrize(
    ("decision", "state"), [("grant", "granted"), ("refuse", "refused"), ("withdraw", "withdrawn")]
)
def test_a_decision_is_kept_with_its_reason(fresh: Site, decision: str, state: str) -> None:
    with fresh.client() as client:
        assert "legacy scanner" in client.get(f"/waivers/1/{decision}").text
        answer = sent(client, f"/waivers/1/{decision}", reason="Seen <b>twice</b>.")
        assert (answer.status_code, answer.headers["location"]) == (303, "/waivers/1")
        page = client.get("/waivers/1").text
        assert f"Why it was {state}" in page
        assert "Seen &lt;b&gt;twice&lt;/b&gt;." in page


def test_it_needs_a_reason_and_a_role(fresh: Site) -> None:
    with fresh.client() as client:
        page = sent(client, "/waivers/1/grant", reason=" ")
        assert page.status_code == 422
        assert "Say why" in page.text
    with fresh.client(VIEWER) as client:
        assert sent(client, "/waivers/1/grant", reason="I like it.").status_code == 403


@pytest.mark.browser
def test_an_architect_decides_from_the_desk_without_scripts(fresh: Site, window: Opener) -> None:
    page = window(fresh, scripts=False).open("/")
    page.get_by_role("link", name="1 waiting waiver").click()
    page.get_by_role("link", name="auth-stated").click()
    page.get_by_role("link", name="Grant…").click()
    page.get_by_label("Your reason").fill("Until spring, and no longer.")
    page.get_by_role("button", name="Grant it").click()
    assert "Until spring, and no longer." in page.inner_text("main")
    page.goto(fresh.url + "/")
    assert page.get_by_role("link", name="0 waiting waivers").is_visible()
