from __future__ import annotations

import json
from pathlib import Path

import pytest

from lading import cli
from policies.rulesets import catalogue


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as raised:
        cli.main(["explain", *arguments])
    assert isinstance(raised.value.code, int)
    return raised.value.code


@pytest.mark.parametrize("code", catalogue())
def test_every_rule_is_explained(code: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(code) == 0
    shown = capsys.readouterr().out
    entry = catalogue()[code]
    assert shown.startswith(f"{code}  {entry.severity}  {entry.area}\n{entry.description}\n")
    for part in ("\nWhy\n", "\nGood\n", "\nBad\n", entry.source):
        assert part in shown
    assert "\x1b" not in shown


def test_without_a_rule_all_are_listed_by_area(capsys: pytest.CaptureFixture[str]) -> None:
    assert run() == 0
    shown = capsys.readouterr().out
    assert all(code in shown for code in catalogue())
    assert shown.index("\nlifecycle\n") < shown.index("\nnaming\n")


def test_an_area_lists_its_rules(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("naming") == 0
    shown = capsys.readouterr().out
    assert "naming-path-style" in shown
    assert "auth-stated" not in shown


def test_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("auth-stated", "--format", "json") == 0
    entry = json.loads(capsys.readouterr().out)
    assert entry["code"] == "auth-stated"
    assert {"why", "good", "bad", "source", "severity", "area", "message"} <= set(entry)
    assert run("auth", "--format", "json") == 0
    assert entry in json.loads(capsys.readouterr().out)


def test_an_unknown_rule_could_not_be_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("auth-state") == 2
    assert "Did you mean auth-stated" in capsys.readouterr().err


def test_as_markdown(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("auth-stated", "--format", "markdown") == 0
    assert capsys.readouterr().out.startswith("## auth-stated\n")
    assert run("auth", "--format", "markdown") == 0
    assert capsys.readouterr().out.startswith("| rule | severity |")


def test_a_named_ruleset_is_listed_with_its_severities(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("spectral:asyncapi") == 0
    assert "asyncapi-channel-parameters" in capsys.readouterr().out


def test_a_rule_of_ones_own_ruleset(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.yaml").write_text(
        "extends: lading:auth\nrules:\n  auth-https-only: hint\n"
        "  mine: {description: Mine., given: $, then: {function: truthy}, why: Because.}\n"
    )
    assert run("mine", "--ruleset", "mine.yaml") == 0
    assert "mine  warn  mine.yaml\nMine.\n" in capsys.readouterr().out
    assert run("auth-https-only", "-r", "mine.yaml") == 0
    assert capsys.readouterr().out.startswith("auth-https-only  hint  auth\n")
    assert run("--ruleset", "mine.yaml") == 0
    assert "auth-stated" in capsys.readouterr().out
    assert run("mina", "--ruleset", "mine.yaml") == 2
    assert "Did you mean mine" in capsys.readouterr().err


def test_a_ruleset_that_runs_nothing_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "none.yaml").write_text("rules: {}\n")
    assert run("--ruleset", "none.yaml") == 0
    assert "No rule" in capsys.readouterr().out
    assert run("--ruleset", "none.yaml", "--format", "json") == 0
    assert json.loads(capsys.readouterr().out) == []
