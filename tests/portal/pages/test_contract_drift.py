"""What differs between a contract and its traffic."""

from __future__ import annotations

from datetime import timedelta

import httpx

from registry.domain.access import SYSTEM
from registry.domain.traffic import Batch, CallReport
from registry.services import lifecycle, observations, versions
from tests.portal.conftest import Site


def test_undeclared_names_and_unknown_paths_are_shown(client: httpx.Client) -> None:
    page = client.get("/contracts/erp/orders/drift").text
    assert "/giftNote" in page
    assert "/418" in page
    assert "GET /orders/{}/labels" in page
    assert "acme-wms" in page
    assert "wp-login" not in page
    assert "Never called" in page
    assert "Declared, never seen" in page


def test_nothing_was_seen(client: httpx.Client) -> None:
    assert "Nothing was seen of this version" in client.get("/contracts/wms/warehouse/drift").text


def test_a_version_that_has_ended_and_is_called(fresh: Site) -> None:
    with fresh.registry.unit(SYSTEM) as context:
        number = versions.get(context, "wms/warehouse", "latest").version
        lifecycle.deprecate(context, "wms/warehouse", number)
        lifecycle.retire(context, "wms/warehouse", number)
        at = context.now + timedelta(seconds=1)
        call = CallReport("wms/warehouse", number, "GET /stock", None, "refused", 3, at, at)
        observations.ingest(context, Batch("batch-2", "g", "default", (call,), ()))
    with fresh.client() as client:
        page = client.get("/contracts/wms/warehouse/drift").text
        everywhere = client.get("/unknown").text
    assert "Ended, and still called" in page
    assert f"wms/warehouse {number}" in page
    assert f"wms/warehouse {number}" in everywhere
