from __future__ import annotations

from pathlib import Path

from tests.lading.conftest import Lading

UPSTREAM = ("--upstream", "http://127.0.0.1:9000")


def test_a_line_is_served_listed_and_withdrawn(filled: Path, lading: Lading) -> None:
    assert "Nothing is served" in lading("deploy", "list").out
    served = lading("deploy", "put", "erp/orders", "1", *UPSTREAM, "--response", "off")
    assert served.code == 0
    assert "/erp/orders/v1" in served.out
    (one,) = lading("deploy", "list", "--format", "json").json
    assert one["modes"] == {"request": "enforce", "response": "off"}
    assert "http://127.0.0.1:9000" in lading("deploy", "list", "--contract", "erp/orders").out
    assert lading("deploy", "withdraw", "erp/orders", "1").code == 0
    assert lading("deploy", "list", "--format", "json").json == []


def test_a_version_may_run_elsewhere(filled: Path, lading: Lading) -> None:
    elsewhere = [f"--version-upstream=1.0.x=http://127.0.0.1:{port}" for port in (9001, 9002)]
    assert lading("deploy", "put", "erp/orders", "1", *UPSTREAM, *elsewhere).code == 0
    (one,) = lading("deploy", "list", "--format", "json").json
    assert one["versions"] == {"1.0": {"upstreams": ["http://127.0.0.1:9001", "http://127.0.0.1:9002"]}}
    for wrong in ("http://127.0.0.1:9001", "newest=http://127.0.0.1:9001", "1.0=ftp://x", "1.0="):
        assert lading("deploy", "put", "erp/orders", "1", *UPSTREAM, "--version-upstream", wrong).code == 2


def test_what_cannot_be_served_is_told(filled: Path, lading: Lading) -> None:
    assert "erp/nothing" in lading("deploy", "put", "erp/nothing", "1", *UPSTREAM).err
    assert lading("deploy", "put", "erp/orders", "7", *UPSTREAM).code == 2
    assert lading("deploy", "put", "orders", "1", *UPSTREAM).code == 2
    assert lading("deploy", "put", "erp/orders", "1", "--upstream", "ftp://x").code == 2
    assert lading("deploy", "withdraw", "erp/orders", "1").code == 2
    assert lading("deploy", "list", "--format", "json").json == []


def test_how_upstreams_are_treated_is_said_in_a_file(filled: Path, lading: Lading, tmp_path: Path) -> None:
    path = tmp_path / "orders.toml"
    path.write_text('breaker = true\n[operations."GET /orders"]\ntimeout = 2.5\n')
    assert lading("deploy", "put", "erp/orders", "1", *UPSTREAM, "--treatment", str(path)).code == 0
    (one,) = lading("deploy", "list", "--format", "json").json
    assert one["treatment"] == {"breaker": True, "operations": {"GET /orders": {"timeout": 2.5}}}
    for wrong in ("breaker = 7", "breaker ="):
        path.write_text(wrong)
        told = lading("deploy", "put", "erp/orders", "1", *UPSTREAM, "--treatment", str(path))
        assert told.code == 2
        assert "breaker" in told.err or "TOML" in told.err
