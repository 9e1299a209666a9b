"""Traffic beside the contracts."""

from __future__ import annotations

import httpx


def test_paths_of_no_contract_with_who_calls_them(client: httpx.Client) -> None:
    page = client.get("/unknown").text
    assert "GET /wp-login.php" in page
    assert "GET /orders/{}/labels" in page
    assert "below no contract" in page
    only = client.get("/unknown?contract=erp/orders").text
    assert "wp-login" not in only
    assert "GET /orders/{}/labels" in only
    assert "All that is called is in a contract" in client.get("/unknown?contract=wms/warehouse").text
