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


def test_what_cannot_be_served_is_told(filled: Path, lading: Lading) -> None:
    assert "erp/nothing" in lading("deploy", "put", "erp/nothing", "1", *UPSTREAM).err
    assert lading("deploy", "put", "erp/orders", "7", *UPSTREAM).code == 2
    assert lading("deploy", "put", "orders", "1", *UPSTREAM).code == 2
    assert lading("deploy", "put", "erp/orders", "1", "--upstream", "ftp://x").code == 2
    assert lading("deploy", "withdraw", "erp/orders", "1").code == 2
    assert lading("deploy", "list", "--format", "json").json == []
