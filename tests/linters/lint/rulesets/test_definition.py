from __future__ import annotations

from typing import Any

import pytest

from linters.lint import RulesetError, load_ruleset

GOOD = {"given": "$", "then": {"function": "truthy"}}


@pytest.mark.parametrize(
    ("definition", "code", "path"),
    [
        ([], "invalid-ruleset-definition", ()),
        ({}, "invalid-ruleset-definition", ()),
        ({"rules": {}, "nope": 1}, "invalid-ruleset-definition", ()),
        ({"rules": []}, "invalid-ruleset-definition", ("rules",)),
        ({"rules": {"r": {**GOOD, "nope": 1}}}, "invalid-rule-definition", ("rules", "r")),
        ({"rules": {"r": {"given": "$"}}}, "invalid-rule-definition", ("rules", "r")),
        ({"rules": {"r": 7}}, "invalid-severity", ("rules", "r")),
        ({"rules": {"r": {**GOOD, "severity": "bad"}}}, "invalid-severity", ("rules", "r", "severity")),
        ({"rules": {"r": {**GOOD, "message": 1}}}, "invalid-rule-definition", ("rules", "r", "message")),
        ({"rules": {"r": {**GOOD, "resolved": "no"}}}, "invalid-rule-definition", ("rules", "r", "resolved")),
        ({"rules": {"r": {**GOOD, "given": "info"}}}, "invalid-given-definition", ("rules", "r", "given")),
        ({"rules": {"r": {**GOOD, "given": ["$", 1]}}}, "invalid-given-definition", ("rules", "r", "given", 1)),
        ({"rules": {"r": {**GOOD, "then": "truthy"}}}, "invalid-then-definition", ("rules", "r", "then")),
        ({"rules": {"r": {**GOOD, "formats": ["oas4"]}}}, "invalid-format", ("rules", "r", "formats", 0)),
        ({"rules": {}, "formats": "oas3"}, "invalid-format", ("formats",)),
        ({"rules": {}, "documentationUrl": "here"}, "generic-validation-error", ("documentationUrl",)),
        ({"extends": 1}, "invalid-extend-definition", ("extends",)),
        ({"extends": [["a", "b"]]}, "invalid-extend-definition", ("extends", 0, 1)),
        ({"rules": {}, "parserOptions": {"x": "warn"}}, "invalid-parser-options-definition", ("parserOptions",)),
        ({"rules": {}, "parserOptions": {"duplicateKeys": "x"}}, "invalid-severity", ("parserOptions", "duplicateKeys")),
        ({"rules": {}, "overrides": []}, "invalid-override-definition", ("overrides",)),
        ({"rules": {}, "overrides": [{"files": []}]}, "invalid-override-definition", ("overrides", 0)),
        ({"rules": {}, "overrides": [{"files": ["a#/b"], "rules": {"r": GOOD}}]}, "invalid-severity", ("overrides", 0, "rules", "r")),
        ({"rules": {}, "aliases": {"A": "x"}}, "invalid-alias-definition", ("aliases", "A")),
    ],
)  # fmt: skip
def test_faults_have_a_code_and_a_path(definition: Any, code: str, path: tuple[Any, ...]) -> None:
    with pytest.raises(RulesetError) as error:
        load_ruleset(definition, source="mine.yaml")
    assert (error.value.code, error.value.path, error.value.source) == (code, path, "mine.yaml")


def test_all_faults_of_a_file_are_told() -> None:
    with pytest.raises(RulesetError) as error:
        load_ruleset({"rules": {"a": {**GOOD, "severity": 9}, "b": {**GOOD, "servity": 1}}})
    assert [fault.path for fault in error.value.all] == [("rules", "a", "severity"), ("rules", "b")]
    assert "Did you mean 'severity'" in error.value.all[1].message
