from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from contracts.errors import ContractError, UnknownSpecification, Unreadable
from lading.linting.judging import Reading, judge
from lading.outcome import CouldNotTell
from linters.lint import load_ruleset
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


def test_standard_input_lies_where_it_is_said_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "api").mkdir()
    (tmp_path / "api" / "parts.yaml").write_text("title: Orders\n")
    text = b"openapi: 3.1.1\ninfo: {$ref: parts.yaml}\npaths: {}\n"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text)))
    rule = {"given": "$.info.title", "then": {"function": "falsy"}}
    overrides = [{"files": ["api/*.yaml"], "rules": {"r": "error"}}]
    ruleset = load_ruleset({"rules": {"r": rule}, "overrides": overrides})
    judged = judge("-", ruleset, reading=Reading(stdin_as=Path("api/orders.yaml")))
    assert judged.source == "api/orders.yaml"
    assert [(f.source, f.severity.label) for f in judged.findings] == [("api/parts.yaml", "error")]


def test_a_format_that_no_rule_names_may_go_without_a_word(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("title: x\n")
    everywhere = {"given": "$.title", "then": {"function": "falsy"}}
    ruleset = load_ruleset({"rules": {"r": everywhere, "s": {**everywhere, "formats": ["oas3"]}}})
    assert [f.code for f in judge("a.yaml", ruleset).findings] == ["unrecognized-format", "r"]
    assert [
        f.code for f in judge("a.yaml", ruleset, reading=Reading(ignore_unknown_format=True)).findings
    ] == ["r"]
    nothing = load_ruleset({"rules": {"s": {**everywhere, "formats": ["oas3"]}}})
    with pytest.raises(ContractError):
        judge("a.yaml", nothing, reading=Reading(ignore_unknown_format=True))
