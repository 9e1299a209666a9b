"""The calendar of endings."""

from __future__ import annotations

import httpx

from tests.portal.conftest import Site


def test_a_version_stands_in_its_month_with_who_calls_it(client: httpx.Client, site: Site) -> None:
    page = client.get("/calendar").text
    assert f"erp/orders {site.seeded.old}" in page
    assert "in 47 days" in page
    assert "acme-wms" in page
    assert f"erp/orders@{site.seeded.new}" in page
