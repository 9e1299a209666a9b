"""The audit page."""

from __future__ import annotations

import httpx


def test_entries_lead_to_those_of_their_subject(client: httpx.Client) -> None:
    page = client.get("/audit").text
    assert "version deprecated" in page
    assert "/audit?subject=erp%2Forders%40" in page
    only = client.get("/audit", params={"subject": "erp/orders"}).text
    assert "contract created" in only
    assert "consumer created" not in only


def test_the_chain_is_checked_when_asked(client: httpx.Client) -> None:
    assert "The chain is whole" not in client.get("/audit").text
    assert "The chain is whole" in client.get("/audit?verify=1").text
