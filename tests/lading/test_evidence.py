from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from lading import evidence

CONTRACT = """\
openapi: 3.1.0
info: {title: Orders, version: 1.0.0}
paths:
  /orders:
    post:
      requestBody:
        content: {application/json: {schema: {type: object%s}}}
      responses: {'201': {description: Accepted}}
"""


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    (tmp_path / "a@2025-01-01.yaml").write_text(CONTRACT % "")
    (tmp_path / "a@2026-01-01.yaml").write_text(CONTRACT % ", required: [sku]")
    (tmp_path / "broken.yaml").write_text("openapi: [")
    (tmp_path / "PAIRS.tsv").write_text(
        "pair\tfrom\tto\trough\texamples\n"
        "a\ta@2025-01-01.yaml\ta@2026-01-01.yaml\t\t\n"
        "b\ta@2025-01-01.yaml\tbroken.yaml\t\t\n"
    )
    return tmp_path


def test_each_step_goes_through_the_gate(corpus: Path) -> None:
    first, second = evidence.replay(corpus)
    assert first.result is not None
    assert first.result.outcome == "fail"
    assert first.versions == ("2025-01-01", "2026-01-01")
    assert second.result is None
    assert "broken.yaml" in second.error


def test_the_report_is_the_same_for_the_same_contracts(corpus: Path) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    shown = [
        re.sub(r"\d+\.\d+ s", "t", evidence.report(list(evidence.replay(corpus)), now)) for _ in range(2)
    ]
    assert shown[0] == shown[1]
    assert "- 2 steps of 2 histories; 1 compared." in shown[0]
    assert "the bump is missing" in shown[0]
    assert "witness: `` the base takes {}, the revision refuses it ``" in shown[0]
    assert "Not compared:" in shown[0]


def test_the_command(corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert evidence.main([str(corpus), str(tmp_path / "out.md")]) == 0
    assert (tmp_path / "out.md").read_text("utf-8").startswith("# Evidence")
    assert evidence.main([str(tmp_path / "none"), "out.md"]) == 2
    assert evidence.main([]) == 2
    assert "PAIRS.tsv" in capsys.readouterr().err


@pytest.mark.corpus
def test_the_published_report_speaks_of_every_step(root: Path, shared: Path) -> None:
    rows = (shared / "corpus" / "PAIRS.tsv").read_text("utf-8").splitlines()[1:]
    report = (root / "docs" / "EVIDENCE.md").read_text("utf-8")
    for row in rows:
        assert f"### {row.split(chr(9))[2]}\n" in report
