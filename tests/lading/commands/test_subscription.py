from __future__ import annotations

from pathlib import Path

from tests.lading.conftest import Lading


def test_a_consumer_is_pinned_and_served_the_newest_again(filled: Path, lading: Lading) -> None:
    (version, *_) = (
        one["version"] for one in lading("show", "erp/orders", "--format", "json").json["versions"]
    )
    major, minor, _ = version.split(".")
    assert lading("key", "issue", "acme-wms", "--contract", "erp/orders", "--major", major).code == 0
    pinned = lading("subscription", "pin", "acme-wms", "erp/orders", major, f"{major}.{minor}.x")
    assert (pinned.code, pinned.out) == (0, f"acme-wms is pinned to erp/orders {major}.{minor}\n")
    (one,) = lading("subscription", "list", "acme-wms", "--format", "json").json
    assert one["pin"] == f"{major}.{minor}"
    assert f"{major}.{minor}" in lading("subscription", "list", "acme-wms").out
    assert lading("subscription", "unpin", "acme-wms", "erp/orders", major).code == 0
    (one,) = lading("subscription", "list", "acme-wms", "--format", "json").json
    assert one["pin"] is None
    assert lading("subscription", "end", "acme-wms", "erp/orders", major).code == 0
    assert "may call nothing" in lading("subscription", "list", "acme-wms").out


def test_what_cannot_be_pinned_is_told(filled: Path, lading: Lading) -> None:
    lading("key", "issue", "acme-wms", "--contract", "erp/orders", "--major", "1")
    unknown = lading("subscription", "pin", "acme-wms", "erp/orders", "1", "1.99")
    assert unknown.code == 2
    assert "1.99" in unknown.err
    assert lading("subscription", "pin", "acme-wms", "erp/orders", "1", "newest").code == 2
    assert lading("subscription", "pin", "acme-wms", "erp/orders", "7", "7.0").code == 2
    assert lading("subscription", "pin", "acme-wms", "orders", "1", "1.0").code == 2
