from __future__ import annotations

from pathlib import Path

import pytest

import specs
from lading import cli


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as raised:
        cli.main(["scaffold", *arguments])
    assert isinstance(raised.value.code, int)
    return raised.value.code


@pytest.fixture
def contract(tmp_path: Path) -> Path:
    file = tmp_path / "milestones.yaml"
    file.write_bytes(specs.path("shipment-milestones.asyncapi").read_bytes())
    return file


def test_it_says_what_it_made(contract: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(str(contract), "--out", str(tmp_path / "made")) == 0
    said = capsys.readouterr().out
    assert "subscriber publish_order_accepted" in said
    assert "publisher  take_carrier_scan" in said
    assert (tmp_path / "made" / "application.py").exists()


def test_a_provider_publishes_what_the_contract_sends(
    contract: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(str(contract), "--out", str(tmp_path / "made"), "--for", "provider") == 0
    assert "publisher  publish_order_accepted" in capsys.readouterr().out


def test_what_is_no_contract_of_events_could_not_be_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "orders.yaml"
    file.write_bytes(specs.path("orders.openapi").read_bytes())
    assert run(str(file), "--out", str(tmp_path / "made")) == 2
    assert "scaffolds are made of AsyncAPI contracts" in capsys.readouterr().err
    assert not (tmp_path / "made").exists()
