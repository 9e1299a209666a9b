from __future__ import annotations

import json

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
    assert "naming-path-kebab" in shown
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
