"""Signing out."""

from __future__ import annotations

from registry.services.identity import COOKIE
from tests.portal.conftest import Site
from tests.portal.seeds import ADMIN
from tests.portal.typing_in import sent_to


def test_the_session_ends_here_and_not_only_in_the_browser(fresh: Site) -> None:
    with fresh.client() as client:
        assert sent_to(client, "/", "/sign-out").headers["location"] == "/sign-in"
    with fresh.client() as kept:
        kept.cookies.set(COOKIE, fresh.seeded.sessions[ADMIN])
        assert kept.get("/").status_code == 303


def test_another_site_cannot_sign_somebody_out(fresh: Site) -> None:
    with fresh.client() as client:
        assert client.post("/sign-out", data={"csrf": "guessed"}).status_code == 403
        assert client.get("/").status_code == 200
