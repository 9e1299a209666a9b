"""The sign-in page."""

from __future__ import annotations

import httpx

from registry.services.registry import Oidc
from tests.portal.conftest import Site


def test_it_says_how_to_get_a_link(stranger: httpx.Client) -> None:
    page = stranger.get("/sign-in").text
    assert "one-time sign-in link" in page
    assert "/sign-in/oidc" not in page


def test_the_button_of_the_issuer_is_there_when_one_is_configured(fresh: Site) -> None:
    settings = fresh.registry.settings
    object.__setattr__(settings, "oidc", Oidc("https://login.example.org/realm", "lading"))
    with fresh.client(None) as client:
        page = client.get("/sign-in?next=/calendar").text
    assert "Sign in with login.example.org" in page
    assert 'href="/sign-in/oidc?next=%2Fcalendar"' in page


def test_what_went_wrong_at_the_issuer_is_said(stranger: httpx.Client) -> None:
    assert "vouch for a mail address" in stranger.get("/sign-in?problem=no-verified-email").text
    assert "did not work" in stranger.get("/sign-in?problem=<script>").text


def test_somebody_signed_in_is_led_on_and_never_elsewhere(client: httpx.Client) -> None:
    assert client.get("/sign-in?next=/calendar").headers["location"] == "/calendar"
    assert client.get("/sign-in?next=//evil.example").headers["location"] == "/"
