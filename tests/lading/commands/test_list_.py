from __future__ import annotations

from pathlib import Path

from tests.lading.conftest import Lading


def test_contracts_as_a_table_and_as_json(filled: Path, lading: Lading) -> None:
    shown = lading("list")
    heading, row = shown.out.splitlines()
    assert heading.split()[:5] == ["contract", "version", "state", "kind", "owner"]
    assert row.split()[:5] == ["erp/orders", "1.0.0", "published", "openapi", "order-desk"]
    (one,) = lading("list", "--format", "json").json
    assert (one["contract"], one["latest"]["version"]) == ("erp/orders", "1.0.0")


def test_filters(filled: Path, lading: Lading) -> None:
    for name, right, wrong in (
        ("domain", "erp", "carrier"),
        ("owner", "order-desk", "carrier-desk"),
        ("kind", "openapi", "asyncapi"),
        ("state", "published", "retired"),
    ):
        assert len(lading("list", f"--{name}", right, "--format", "json").json) == 1, name
        assert lading("list", f"--{name}", wrong, "--format", "json").json == [], name


def test_a_search(filled: Path, lading: Lading) -> None:
    found = lading("list", "--search", "read an order", "--format", "json").json
    assert any(one["contract"] == "erp/orders" for one in found)
    assert "erp/orders" in lading("list", "--search", "orders").out
    nothing = lading("list", "--search", "submarine")
    assert (nothing.code, nothing.out) == (0, "Nothing holds these words.\n")


def test_an_empty_registry_says_what_to_do(here: Path, lading: Lading) -> None:
    shown = lading("list")
    assert (shown.code, shown.out.startswith("No contracts. `lading publish`")) == (0, True)


def test_over_http(server: str, lading: Lading) -> None:
    assert "erp/orders" in lading("list").out


def test_what_is_no_answer(filled: Path, lading: Lading) -> None:
    assert lading("list", "--kind", "soap").code == 2
    assert lading("list", "--format", "pdf").code == 2


def test_a_registry_that_is_away(away: str, lading: Lading) -> None:
    shown = lading("list")
    assert (shown.code, shown.out) == (2, "")
    assert away in shown.err
