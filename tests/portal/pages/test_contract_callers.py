"""Who calls a contract."""

from __future__ import annotations

import httpx

from registry.domain.access import SYSTEM
from registry.services import consumers
from tests.portal.conftest import Site


def test_callers_with_their_versions_and_operations(client: httpx.Client, site: Site) -> None:
    page = client.get("/contracts/erp/orders/callers").text
    assert "acme-wms" in page
    assert "GET /orders/{orderId}" in page
    assert "calls in the last 24 hours" in page
    only = client.get(f"/contracts/erp/orders/callers?version={site.seeded.new}").text
    assert '<a class="name" href="/consumers/acme-wms">' not in only
    assert '<a class="name" href="/consumers/web-shop">' in only


def test_nobody_is_told_as_what_it_is(client: httpx.Client) -> None:
    page = client.get("/contracts/wms/warehouse/callers").text
    assert "Nobody was seen calling" in page
    assert "Calls that bypass the gateway are not seen" in page


def test_who_is_pinned_is_told(fresh: Site) -> None:
    old = fresh.seeded.old
    with fresh.registry.unit(SYSTEM) as context:
        consumers.pin(context, "acme-wms", "erp/orders", int(old.partition(".")[0]), version=old)
    with fresh.client() as client:
        page = client.get("/contracts/erp/orders/callers").text
    assert "Pinned to a version" in page
    assert f">{old}</span>" in page
