"""The contract that a page speaks of."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

import httpx
import pytest

from contracts.model import Origin
from portal.reading.trees import Node
from portal.subject import Subject, elsewhere, required
from registry.domain.contracts import Contract, Kind, Version
from registry.domain.errors import NotFound
from registry.services import versions
from registry.services.unit import Context

from .conftest import Site

NOW = datetime(2026, 11, 23, tzinfo=UTC)


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


def test_models_are_built_once(fresh: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    read, asked = versions.files, []

    def counted(context: Context, version: Version) -> Mapping[str, bytes]:
        asked.append(version.reference)
        return read(context, version)

    monkeypatch.setattr(versions, "files", counted)
    with fresh.client() as client:
        for tab in ("reference", "source", "reference?q=order"):
            assert client.get(f"/contracts/erp/orders/{tab}").status_code == 200
    assert asked == [f"erp/orders@{fresh.seeded.new}"]


@pytest.mark.parametrize("version", ["9.9.9", "\0", "../1.0.0", '"><script>alert(1)</script>', "x" * 3000])
def test_a_version_that_is_not_there_is_not_found(version: str, client: httpx.Client) -> None:
    answer = client.get("/contracts/erp/orders", params={"version": version})
    assert answer.status_code == 404
    assert "<script>alert" not in answer.text


@pytest.mark.parametrize(
    "path", ["/contracts/erp/nothing", "/contracts/nothing/orders", "/contracts/erp/nothing/reference"]
)
def test_a_contract_that_is_not_there_is_not_found(path: str, client: httpx.Client) -> None:
    assert client.get(path).status_code == 404


def test_what_was_never_published_has_nothing_to_show() -> None:
    contract = Contract(1, "erp", "plan", Kind.OPENAPI, "Plan", "", "order-desk", None, NOW, NOW)
    about = Subject(contract, None, (), False, (), ())
    assert (about.summary, about.shown) == (None, "")
    with pytest.raises(NotFound) as caught:
        required(about)
    assert "erp/plan" in caught.value.message


def test_the_rest_of_a_tree_is_found_where_it_is_written() -> None:
    contract = Contract(1, "erp", "plan", Kind.OPENAPI, "Plan", "", "order-desk", None, NOW, NOW)
    address = elsewhere(Subject(contract, None, (), False, (), ()))
    node = Node("x", "property", "object", Origin('parts/"a".yaml', ("schemas", "a/b~&")))
    assert address(node) == (
        "/contracts/erp/plan/schema?source=parts%2F%22a%22.yaml&pointer=%2Fschemas%2Fa~1b~0%26"
    )
