"""The contract that a page speaks of."""

from __future__ import annotations

import httpx

from .conftest import Site


def test_the_frame_shows_state_dates_and_the_way_to_the_latest(client: httpx.Client, site: Site) -> None:
    old = client.get(f"/contracts/erp/orders?version={site.seeded.old}").text
    assert "deprecated" in old
    assert "in 47 days" in old
    assert f"You are reading version {site.seeded.old}" in old
    new = client.get("/contracts/erp/orders").text
    assert "You are reading version" not in new


def test_the_tabs_keep_the_version_that_was_chosen(client: httpx.Client, site: Site) -> None:
    page = client.get(f"/contracts/erp/orders?version={site.seeded.old}").text
    assert f"/contracts/erp/orders/reference?version={site.seeded.old}" in page
    assert 'aria-current="page">Overview' in page


def test_models_are_built_once(client: httpx.Client) -> None:
    assert client.get("/contracts/erp/orders/reference").status_code == 200
    assert client.get("/contracts/erp/orders/source").status_code == 200
