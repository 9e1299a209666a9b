from __future__ import annotations

from pathlib import Path

import pytest

from contracts.errors import UnknownSpecification, Unreadable
from lading.linting.judging import judge
from lading.outcome import CouldNotTell
from policies import rulesets

TEXT = "openapi: 3.1.1\ninfo: {title: Orders, version: v1}\npaths: {/orders: {$ref: ./orders.yaml}}\n"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "api.yaml").write_text(TEXT)
    (tmp_path / "orders.yaml").write_text("get: {responses: {}}\n")
    return tmp_path


def test_findings_come_with_the_lines_of_every_file() -> None:
    judged = judge("api.yaml", rulesets.load("lading:versioning"))
    assert judged.source == "api.yaml"
    assert "version-semver" in [finding.code for finding in judged.findings]
    assert {source: lines.text(0) for source, lines in judged.texts.items()} == {
        "api.yaml": "openapi: 3.1.1",
        "orders.yaml": "get: {responses: {}}",
    }


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("openapi: [\n", Unreadable),
        ("arazzo: 1.0.0\n", UnknownSpecification),
        ("a: 1\n", UnknownSpecification),
    ],
)
def test_what_cannot_be_judged_is_an_error(text: str, error: type[Exception], here: Path) -> None:
    (here / "api.yaml").write_text(text)
    with pytest.raises(error):
        judge("api.yaml", rulesets.load("lading:versioning"))


def test_a_file_that_is_not_there_could_not_be_told() -> None:
    with pytest.raises(CouldNotTell, match="No such file"):
        judge("absent.yaml", rulesets.load("lading:versioning"))
