"""The list of waivers."""

from __future__ import annotations

import httpx


def test_it_says_what_waits_and_what_counts(client: httpx.Client) -> None:
    page = client.get("/waivers").text
    for words in ("auth-stated", "waiting", "naming-*", "granted", "olga@example.org", "events/unruly"):
        assert words in page, words
    assert "1 waiver waits for your decision" in page


def test_filters_stand_in_the_address(client: httpx.Client) -> None:
    granted = client.get("/waivers?state=granted").text
    assert "naming-*" in granted
    assert "auth-stated" not in granted
    assert "Drop the filter" in granted
    assert "No waiver fits" in client.get("/waivers?contract=erp/orders").text
    assert "naming-*" not in client.get("/waivers?rule=auth-stated").text
    assert client.get("/waivers?state=maybe").status_code == 422


def test_a_viewer_is_offered_nothing_to_do(viewer: httpx.Client) -> None:
    page = viewer.get("/waivers").text
    assert "Ask for a waiver" not in page
    assert "your decision" not in page
