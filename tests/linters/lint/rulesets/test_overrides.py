from __future__ import annotations

from typing import Any

from linters.lint import Severity, lint, load_ruleset
from linters.lint.rulesets.overrides import severity_at
from tests.linters.lint.linting import document, places

FALSY = {"given": "$.a", "then": {"function": "falsy"}}


def _places(overrides: list[Any], source: str, **more: Any) -> list[str]:
    ruleset = load_ruleset(
        {"rules": {"r": FALSY}, "overrides": overrides, **more}, source="rules/lading.yaml"
    )
    found = lint(document({"a": {"b": 1}}, source), ruleset)
    return [f"{place} {finding.severity.label}" for place, finding in zip(places(found), found, strict=True)]


def test_rules_and_severities_change_for_some_files() -> None:
    overrides = [
        {"files": ["v1/*"], "rules": {"r": "off"}},
        {"files": ["v2/*"], "rules": {"r": "error", "s": {"given": "$.a.b", "then": {"function": "falsy"}}}},
    ]
    assert _places(overrides, "rules/v1/a.json") == []
    assert _places(overrides, "rules/v2/a.json") == ["r a error", "s a/b warn"]
    assert _places(overrides, "rules/v3/a.json") == ["r a warn"]
    assert _places(overrides, "") == ["r a warn"]


def test_severities_change_at_some_places() -> None:
    assert _places([{"files": ["*.json#/a"], "rules": {"r": "hint"}}], "rules/x.json") == ["r a hint"]
    assert _places([{"files": ["*.json#/a/b"], "rules": {"r": "off"}}], "rules/x.json") == ["r a warn"]
    assert _places([{"files": ["*.json#"], "rules": {"r": "off"}}], "rules/x.json") == []


def test_the_older_exceptions() -> None:
    assert (
        _places(
            [{"files": ["*.none"], "rules": {"r": "off"}}], "rules/x.json", **{"except": {"x.json#/a": ["r"]}}
        )
        == []
    )


def test_the_longest_pointer_wins_and_of_equals_the_last() -> None:
    pointers = (("*", "/a/b", Severity.ERROR), ("*", "/a", Severity.HINT), ("*", "/a/b", None))
    assert severity_at(Severity.WARN, pointers, ("a", "b", 0)) is None
    assert severity_at(Severity.WARN, pointers, ("a", "c")) is Severity.HINT
    assert severity_at(Severity.WARN, pointers, ("x",)) is Severity.WARN
