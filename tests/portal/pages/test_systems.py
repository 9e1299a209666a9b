"""Systems."""

from __future__ import annotations

import httpx


def test_each_says_what_it_offers(client: httpx.Client) -> None:
    page = client.get("/systems").text
    assert "Harbourline ERP" in page
    row = page[page.index("Harbourline ERP") :]
    assert row.index("erp/orders") < row.index("</tr>")
