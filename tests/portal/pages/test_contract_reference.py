"""The reference of a contract."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from registry.domain.access import SYSTEM
from registry.services import publishing
from registry.services.publishing import Proposal
from tests.portal.accessibility import faults, overflow
from tests.portal.conftest import Opener, Site


def test_operations_are_found_without_scripts(client: httpx.Client) -> None:
    page = client.get("/contracts/erp/orders/reference").text
    assert page.count('<details class="op"') == 6
    assert "operation?key=GET%20%2Forders" in page.replace("+", "%20")
    few = client.get("/contracts/erp/orders/reference?q=cancel").text
    assert "1 of 6" in few
    assert "In the path" in few, "few operations are drawn at once"
    assert "No operation holds all of these words" in client.get("/contracts/erp/orders/reference?q=zzz").text


def test_findings_stand_at_their_operation(client: httpx.Client) -> None:
    page = client.get("/contracts/events/unruly/reference").text
    assert "finding" in page.split('<details class="op"')[1]


@pytest.mark.browser
@pytest.mark.parametrize(("width", "theme"), [(1280, "dark"), (390, "light")])
def test_an_operation_is_opened_in_place(site: Site, window: Opener, width: int, theme: str) -> None:
    opened = window(site, width=width, theme=theme)
    page = opened.open("/contracts/erp/orders/reference")
    page.locator("details.op > summary", has_text="Place an order").click()
    page.get_by_role("heading", name="Request body").wait_for()
    assert page.locator(".tree .prop", has_text="customerReference").first.is_visible()
    assert overflow(page) <= 0
    assert faults(page) == []
    assert opened.complaints == []


@pytest.mark.browser
def test_the_search_filters_as_one_types(site: Site, window: Opener) -> None:
    page = window(site).open("/contracts/erp/orders/reference")
    page.get_by_label("Search in this contract").fill("cancel")
    assert page.locator("details.op:visible").count() == 1
    assert page.get_by_role("status").inner_text() == "1 shown"


@pytest.mark.browser
def test_an_address_opens_its_operation(site: Site, window: Opener) -> None:
    page = window(site).open("/contracts/erp/orders/reference#GET-orders-orderId")
    page.locator("#GET-orders-orderId[open]").get_by_text("In the path").wait_for()


@pytest.mark.corpus
@pytest.mark.browser
@pytest.mark.slow
def test_a_large_real_contract_is_read_at_once(fresh: Site, corpus: Path, window: Opener) -> None:
    file = corpus / "openapi" / "dcsa" / "dcsa-ebl-3.0.4@2026-06-11.yaml"
    proposal = Proposal(
        "erp/ebl", {file.name: file.read_bytes()}, file.name, owner="order-desk", source="import"
    )
    assert publishing.publish(fresh.registry, SYSTEM, proposal).version is not None
    opened = window(fresh, width=390)
    page = opened.open("/contracts/erp/ebl/reference")
    assert overflow(page) <= 0
    page.locator("details.op > summary").first.click()
    page.locator(".op .tree").first.wait_for()
    assert overflow(page) <= 0
    assert faults(page) == []
    assert opened.complaints == []
