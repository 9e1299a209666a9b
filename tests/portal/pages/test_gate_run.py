"""One gate run and its reasons."""

from __future__ import annotations

import httpx

from tests.portal.conftest import Site


def test_a_refusal_says_what_it_would_break_and_what_to_do(client: httpx.Client, site: Site) -> None:
    page = client.get(f"/gate-runs/{site.seeded.refused.id}").text
    assert "Refused: nothing was stored" in page
    assert "recipient.phone" in page
    assert "was last-mile.yaml:" in page
    assert "/publish?contract=last-mile%2Fdelivery" in page


def test_what_was_let_in_leads_to_what_is_there(client: httpx.Client) -> None:
    page = client.get("/gate-runs/1").text
    assert "Read it" in page
