from __future__ import annotations

from pathlib import Path

import pytest

from tests.lading.conftest import Lading
from tests.registry.examples import orders


def test_a_contract_with_versions_gate_runs_and_callers(called: Path, lading: Lading) -> None:
    shown = lading("show", "erp/orders")
    assert shown.code == 0
    assert shown.out.startswith("erp/orders  Orders\nopenapi, owned by order-desk\n")
    for heading in ("version", "gate run", "caller"):
        assert any(line.startswith(heading) for line in shown.out.splitlines()), heading
    assert "acme-wms  1.0.0    1,234" in shown.out
    told = lading("show", "erp/orders", "--format", "json").json
    assert [one["version"] for one in told["versions"]] == ["1.0.0"]
    assert [one["consumer"] for one in told["callers"]] == ["acme-wms"]
    assert told["gate_runs"][0]["outcome"] == "pass"


@pytest.mark.parametrize("number", ["1.0.0", "latest"])
def test_a_version(called: Path, lading: Lading, number: str) -> None:
    shown = lading("show", f"erp/orders@{number}")
    assert shown.out.startswith("erp/orders@1.0.0  Orders\n")
    assert "  state          published" in shown.out
    assert "  files          orders.yaml" in shown.out
    assert "sunset" not in shown.out
    assert lading("show", f"erp/orders@{number}", "--format", "json").json["callers"][0]["calls"] == 1234


def test_the_document_itself_byte_for_byte(filled: Path, lading: Lading) -> None:
    for name in ("erp/orders", "erp/orders@1.0.0"):
        assert lading("show", name, "--content").out.encode() == orders()


def test_an_announced_end(filled: Path, lading: Lading) -> None:
    lading("deprecate", "erp/orders@1.0.0", "--sunset", "2099-06-30")
    assert "2099-06-30" in lading("show", "erp/orders").out
    shown = lading("show", "erp/orders@1.0.0").out
    assert "  sunset         2099-06-30" in shown


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("erp/absent", "erp/absent"),
        ("erp/orders@9.9.9", "9.9.9"),
        ("orders", "names no contract"),
        ("ERP/orders", "cannot be the name"),
    ],
)
def test_what_is_not_there(name: str, words: str, filled: Path, lading: Lading) -> None:
    shown = lading("show", name)
    assert (shown.code, shown.out) == (2, "")
    assert words in shown.err


def test_over_http_and_away(server: str, lading: Lading, monkeypatch: pytest.MonkeyPatch) -> None:
    assert lading("show", "erp/orders@latest", "--content").out.encode() == orders()
    monkeypatch.setenv("LADING_REGISTRY_URL", "http://127.0.0.1:1")
    shown = lading("show", "erp/orders")
    assert (shown.code, "cannot be reached" in shown.err) == (2, True)
