"""The overview of a contract."""

from __future__ import annotations

import httpx

from registry.domain.access import SYSTEM
from registry.services import contracts
from tests.portal.conftest import Site


def test_it_says_who_answers_where_it_is_served_and_what_changed(client: httpx.Client, site: Site) -> None:
    page = client.get("/contracts/erp/orders").text
    assert "Order Desk" in page
    assert "/erp/orders/v" in page
    assert f"{site.seeded.old} → {site.seeded.new}" in page
    assert "web-shop" in page
    assert "POST" in page


def test_events_are_sent_and_received(client: httpx.Client) -> None:
    assert "What is sent and received" in client.get("/contracts/events/shipment-milestones").text


def test_strangers_descriptions_do_no_harm(client: httpx.Client) -> None:
    page = client.get("/contracts/events/unruly").text
    assert '<p class="head">A heading</p>' in page
    assert "&lt;b&gt;markup" in page
    assert 'href="other.md"' not in page


def test_a_contract_without_versions_says_what_to_do(fresh: Site) -> None:
    with fresh.registry.unit(SYSTEM) as context:
        contracts.create(context, "erp/empty", kind="openapi", owner="order-desk")
    with fresh.client() as client:
        page = client.get("/contracts/erp/empty")
        assert page.status_code == 200
        assert "No version has been published" in page.text
        assert client.get("/contracts/erp/empty/reference").status_code == 404
        assert client.get("/contracts/erp/empty/versions").status_code == 200
        assert client.get("/contracts/erp/empty/callers").status_code == 200
        assert client.get("/contracts/erp/empty/diff").status_code == 200
