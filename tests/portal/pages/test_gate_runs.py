"""The list of gate runs."""

from __future__ import annotations

import httpx

from tests.portal.conftest import Site


def test_runs_can_be_filtered_by_outcome_and_contract(client: httpx.Client, site: Site) -> None:
    refused = f"/gate-runs/{site.seeded.refused.id}"
    assert refused in client.get("/gate-runs?outcome=fail").text
    assert refused not in client.get("/gate-runs?outcome=pass").text
    assert refused not in client.get("/gate-runs?contract=erp/orders").text
