"""The dispatch desk."""

from __future__ import annotations

import httpx
import pytest

from tests.portal.conftest import Opener, Site


def test_it_names_what_needs_somebody_with_the_evidence(client: httpx.Client, site: Site) -> None:
    page = client.get("/").text
    assert "Dispatch desk" in page
    assert "last-mile/delivery" in page
    assert "was refused" in page
    assert "recipient.phone" in page
    assert f"acme-wms still calls erp/orders {site.seeded.old}" in page
    assert "It goes in 47 days" in page
    assert "which is no date-time" in page


@pytest.mark.browser
def test_every_figure_leads_somewhere(site: Site, window: Opener) -> None:
    opened = window(site)
    page = opened.open("/")
    targets = page.locator(".figures a, .entries a").evaluate_all(
        "links => [...new Set(links.map(a => a.href))]"
    )
    assert len(targets) > 12
    for target in targets:
        answer = page.goto(target)
        assert answer is not None
        assert answer.status == 200, target
    assert opened.complaints == []


@pytest.mark.browser
def test_dates_are_in_the_zone_of_the_reader(site: Site, window: Opener) -> None:
    page = window(site).open("/")
    title = page.locator("time[data-relative]").first.get_attribute("title") or ""
    assert "UTC" in title or "GMT" in title or ":" in title
    assert "20" in title
