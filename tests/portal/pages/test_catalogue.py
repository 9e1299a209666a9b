"""The catalogue and its search."""

from __future__ import annotations

import httpx
import pytest

from tests.portal.conftest import Opener, Site


def test_filters_stand_in_the_address_and_can_be_dropped(client: httpx.Client) -> None:
    everything = client.get("/catalogue").text
    assert "ERP Orders" in everything
    assert "Shipment Milestones" in everything
    events = client.get("/catalogue?kind=asyncapi&owner=visibility").text
    assert "ERP Orders" not in events
    assert "Shipment Milestones" in events
    assert "Kind: AsyncAPI" in events
    assert 'href="/catalogue?owner=visibility"' in events, "the chip drops its filter and keeps the other"
    nothing = client.get("/catalogue?kind=asyncapi&domain=erp").text
    assert "No contract fits all of these filters" in nothing


def test_the_search_leads_into_the_contract(client: httpx.Client) -> None:
    page = client.get("/catalogue", params={"q": "cancel"}).text
    assert "/contracts/erp/orders/reference#" in page
    assert "Nothing holds all of these words" in client.get("/catalogue?q=zzzz+qqqq").text


def test_what_was_searched_for_is_escaped(client: httpx.Client) -> None:
    page = client.get("/catalogue", params={"q": "<script>alert(1)</script>"}).text
    assert "<script>alert" not in page


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 390])
def test_searching_in_a_browser(site: Site, window: Opener, width: int) -> None:
    page = window(site, width=width).open("/")
    page.keyboard.press("/")
    page.keyboard.type("delivery job")
    page.keyboard.press("Enter")
    page.wait_for_url("**/catalogue?q=delivery+job")
    page.locator("tbody th a").first.click()
    page.wait_for_url("**/contracts/last-mile/delivery**")


@pytest.mark.browser
def test_a_filter_menu_closes_when_something_else_is_clicked(site: Site, window: Opener) -> None:
    page = window(site).open("/catalogue")
    page.locator("summary", has_text="Domain").click()
    assert page.get_by_role("link", name="Finance").is_visible()
    page.get_by_role("heading", name="Catalogue").click()
    assert not page.get_by_role("link", name="Finance").is_visible()
