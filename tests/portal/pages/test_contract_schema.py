"""One schema by its place."""

from __future__ import annotations

import httpx


def test_the_tree_goes_on_where_it_was_cut(client: httpx.Client) -> None:
    page = client.get("/contracts/erp/orders/schema", params={"pointer": "/components/schemas/Order"}).text
    assert "customerReference" in page
    assert "Written at" in page
    assert "Example, made from the schema" in page


def test_places_outside_are_not_read(client: httpx.Client) -> None:
    for source in ("../other.yaml", "/etc/passwd", "https://example.org/x.yaml"):
        answer = client.get("/contracts/erp/orders/schema", params={"source": source, "pointer": ""})
        assert answer.status_code == 404
