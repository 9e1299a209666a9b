from __future__ import annotations

import json
from dataclasses import replace

import pytest

from contracts.errors import ContractError
from contracts.positions import NOWHERE
from linters.lint import Finding, Severity
from linters.suppression import Allowed, Baseline, by_file, read_baseline, taken
from linters.suppression.baseline import MOST_MARKS, BrokenBaseline


def finding(code: str, at: str, source: str = "a.yaml") -> Finding:
    return Finding(code, "m", (at,), Severity.WARN, NOWHERE, source)


FOUND = [finding("b", "y"), finding("a", "x"), finding("b", "x"), finding("a", "x", "b.yaml")]


def read(text: str) -> Baseline:
    return read_baseline(text.encode(), "baseline.json")


def test_written_and_read_it_is_the_same_whatever_the_order() -> None:
    text = taken(FOUND, ["b.yaml", "a.yaml", "c.yaml"], "lading:all").written()
    assert text == taken(reversed(FOUND), ["a.yaml", "c.yaml", "b.yaml"], "lading:all").written()
    assert read(text).written() == text
    kept = json.loads(text)
    assert {name: list(rules) for name, rules in kept["files"].items()} == {
        "a.yaml": ["a", "b"], "b.yaml": ["a"], "c.yaml": [],
    }  # fmt: skip
    assert kept["ruleset"] == "lading:all"
    assert read(text).files["a.yaml"]["b"].count == 2


def test_of_very_many_only_the_number_is_kept() -> None:
    many = [finding("a", str(number)) for number in range(MOST_MARKS + 1)]
    text = taken(many, ["a.yaml"], "r").written()
    assert json.loads(text)["files"]["a.yaml"] == {"a": MOST_MARKS + 1}
    assert read(text).files["a.yaml"]["a"] == Allowed(MOST_MARKS + 1)


def test_nothing_at_all_is_a_baseline_too() -> None:
    assert read(Baseline("r", {}).written()) == Baseline("r", {})


def numbers(baseline: Baseline) -> dict[str, dict[str, int]]:
    return {
        name: {rule: limit.count for rule, limit in rules.items()} for name, rules in baseline.files.items()
    }


def test_it_is_lowered_and_never_raised() -> None:
    before = taken(FOUND, ["a.yaml", "b.yaml"], "r")
    now = [
        finding("b", "x"),
        finding("a", "x"),
        finding("a", "z"),
        finding("c", "x"),
        finding("a", "x", "new.yaml"),
    ]
    after = before.lowered(now, ["a.yaml", "new.yaml"])
    assert numbers(after) == {"a.yaml": {"a": 1, "b": 1}, "b.yaml": {"a": 1}}
    assert after.files["a.yaml"]["a"] == before.files["a.yaml"]["a"], "what is exceeded stays as it was"


def test_the_same_number_of_others_is_kept_as_they_are_now() -> None:
    after = taken(FOUND, ["a.yaml"], "r").lowered([finding("a", "moved")], ["a.yaml"])
    assert after.files["a.yaml"]["a"] == taken([finding("a", "moved")], ["a.yaml"], "r").files["a.yaml"]["a"]


def test_findings_by_file() -> None:
    assert {name: len(found) for name, found in by_file(FOUND).items()} == {"a.yaml": 3, "b.yaml": 1}


@pytest.mark.parametrize(
    "text",
    [
        "[]",
        '{"version": 2, "ruleset": "r", "files": {}}',
        '{"version": 1, "files": {}}',
        '{"version": 1, "ruleset": "r", "files": []}',
        '{"version": 1, "ruleset": "r", "files": {"a": 1}}',
        '{"version": 1, "ruleset": "r", "files": {"a": {"b": -1}}}',
        '{"version": 1, "ruleset": "r", "files": {"a": {"b": true}}}',
        '{"version": 1, "ruleset": "r", "files": {"a": {"b": ["x"]}}}',
    ],
)
def test_what_is_no_baseline(text: str) -> None:
    with pytest.raises(BrokenBaseline):
        read(text)


def test_what_is_no_json() -> None:
    with pytest.raises(ContractError):
        read("{")


def test_what_is_told_once_of_many_is_kept_as_a_number() -> None:
    together = replace(finding("a", "x"), stands_for=10)
    text = taken([together], ["a.yaml"], "r").written()
    assert json.loads(text)["files"]["a.yaml"] == {"a": 10}
