"""The document itself."""

from __future__ import annotations

import httpx

from portal.pages import contract_source


def test_lines_have_numbers_that_can_be_named(client: httpx.Client) -> None:
    page = client.get("/contracts/erp/orders/source").text
    assert 'id="L1" data-n="1">openapi: 3.1.1' in page
    assert "/v1/contents/sha256:" in page


def test_long_documents_come_in_parts(client: httpx.Client, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(contract_source, "MOST_LINES", 10)
    first = client.get("/contracts/erp/orders/source").text
    assert 'id="L10"' in first
    assert 'id="L11"' not in first
    assert "From line 11" in first
    second = client.get("/contracts/erp/orders/source?from=11").text
    assert 'id="L11"' in second
    assert 'id="L10"' not in second
