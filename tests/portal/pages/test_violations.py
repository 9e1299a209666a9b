"""The list of violations."""

from __future__ import annotations

import httpx


def test_those_of_one_kind_are_one_line(client: httpx.Client) -> None:
    page = client.get("/violations").text
    assert page.count('<a class="name"') == 1
    assert "GET /delivery-jobs/{jobId}" in page
    assert "No violation fits" in client.get("/violations?state=acknowledged").text
    assert "No violation fits" in client.get("/violations?contract=erp/orders").text
