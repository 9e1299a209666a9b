"""Two versions compared."""

from __future__ import annotations

import httpx

from tests.portal.conftest import Site


def test_breaking_changes_first_with_both_lines(client: httpx.Client, site: Site) -> None:
    path = f"/contracts/erp/orders/diff?base={site.seeded.old}&revision={site.seeded.new}"
    page = client.get(path).text
    verdicts = [part.split('"')[0] for part in page.split('data-verdict="')[1:]]
    assert verdicts
    assert verdicts[0] == "breaking"
    assert f"who relies on {site.seeded.old}" in page
    assert "orders.yaml:" in page
    assert f"source?version={site.seeded.old}&amp;file=orders.yaml#L" in page
    safe = client.get(path + "&verdict=safe").text
    assert 'data-verdict="breaking"' not in safe
    assert 'data-verdict="safe"' in safe


def test_without_names_the_latest_is_compared_with_the_one_before(client: httpx.Client, site: Site) -> None:
    page = client.get("/contracts/erp/orders/diff").text
    assert f"{site.seeded.old} → {site.seeded.new}" in page


def test_one_version_alone_has_nothing_to_be_compared_with(client: httpx.Client) -> None:
    assert "There is nothing to compare" in client.get("/contracts/wms/warehouse/diff").text


def test_a_pair_that_nobody_compared_yet_is_compared_now(fresh: Site) -> None:
    with fresh.client() as client:
        back = f"/contracts/erp/orders/diff?base={fresh.seeded.new}&revision={fresh.seeded.old}"
        assert client.get(back).status_code == 200
