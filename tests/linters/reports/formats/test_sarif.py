from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linters.lint import Finding
from linters.reports import LintReport, render
from linters.reports.formats.sarif import SCHEMA

TEXT = {"type": "object", "required": ["text"], "additionalProperties": False,
        "properties": {"text": {"type": "string", "minLength": 1}, "markdown": {"type": "string"}}}  # fmt: skip
LEVEL = {"enum": ["none", "note", "warning", "error"]}
PHYSICAL = {
    "type": "object", "required": ["artifactLocation"], "additionalProperties": False,
    "properties": {
        "artifactLocation": {
            "type": "object", "required": ["uri"], "additionalProperties": False,
            "properties": {
                "uri": {"type": "string", "pattern": r"^[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]+$"},
                "uriBaseId": {"type": "string"},
            },
        },
        "region": {
            "type": "object", "required": ["startLine"], "additionalProperties": False,
            "properties": {name: {"type": "integer", "minimum": 1}
                           for name in ("startLine", "startColumn", "endLine", "endColumn")},
        },
    },
}  # fmt: skip
LOCATIONS = {
    "type": "array", "minItems": 1,
    "items": {
        "type": "object", "additionalProperties": False,
        "properties": {
            "physicalLocation": PHYSICAL,
            "logicalLocations": {"type": "array", "items": {
                "type": "object", "additionalProperties": False,
                "properties": {"fullyQualifiedName": {"type": "string"}}}},
        },
    },
}  # fmt: skip
RULE = {
    "type": "object", "required": ["id"], "additionalProperties": False,
    "properties": {
        "id": {"type": "string"}, "shortDescription": TEXT, "fullDescription": TEXT, "help": TEXT,
        "helpUri": {"type": "string", "pattern": "^https?://"},
        "defaultConfiguration": {"type": "object", "additionalProperties": False, "properties": {"level": LEVEL}},
        "properties": {"type": "object", "properties": {"tags": {"type": "array", "uniqueItems": True}}},
    },
}  # fmt: skip
RESULT = {
    "type": "object", "required": ["message"], "additionalProperties": False,
    "properties": {
        "ruleId": {"type": "string"}, "ruleIndex": {"type": "integer", "minimum": 0}, "level": LEVEL,
        "message": TEXT, "locations": LOCATIONS,
        "partialFingerprints": {"type": "object", "additionalProperties": {"type": "string"}},
    },
}  # fmt: skip
INVOCATION = {
    "type": "object", "required": ["executionSuccessful"], "additionalProperties": False,
    "properties": {
        "executionSuccessful": {"type": "boolean"},
        "toolExecutionNotifications": {"type": "array", "items": {
            "type": "object", "required": ["message"], "additionalProperties": False,
            "properties": {"descriptor": {"type": "object", "required": ["id"]}, "level": LEVEL,
                           "message": TEXT, "locations": LOCATIONS}}},
    },
}  # fmt: skip
DRIVER = {
    "type": "object", "required": ["name"], "additionalProperties": False,
    "properties": {
        "name": {"type": "string"}, "semanticVersion": {"type": "string"},
        "rules": {"type": "array", "uniqueItems": True, "items": RULE},
    },
}  # fmt: skip
LOG = {
    "type": "object", "required": ["version", "runs"], "additionalProperties": False,
    "properties": {
        "$schema": {"const": SCHEMA}, "version": {"const": "2.1.0"},
        "runs": {"type": "array", "minItems": 1, "items": {
            "type": "object", "required": ["tool"], "additionalProperties": False,
            "properties": {
                "tool": {"type": "object", "required": ["driver"], "properties": {"driver": DRIVER}},
                "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                "invocations": {"type": "array", "items": INVOCATION},
                "results": {"type": "array", "items": RESULT},
                "properties": {"type": "object"},
            },
        }},
    },
}  # fmt: skip
VALIDATOR = jsonschema.Draft202012Validator(LOG)
"""The part of SARIF 2.1.0 that we write, as its specification defines it, and nothing else."""


def log(report: LintReport) -> dict[str, Any]:
    written: dict[str, Any] = json.loads(render("sarif", report))
    VALIDATOR.validate(written)
    return written


def test_it_holds_to_the_specification(report: LintReport) -> None:
    run = log(report)["runs"][0]
    assert [result["level"] for result in run["results"]] == ["error", "warning", "note", "note"]
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]


def test_an_empty_run_holds_to_it_too() -> None:
    assert log(LintReport((), ("a.yaml",)))["runs"][0]["results"] == []


def test_places_count_from_one_and_name_the_node(report: LintReport) -> None:
    result = log(report)["runs"][0]["results"][1]
    assert result["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "orders.yaml", "uriBaseId": "%SRCROOT%"},
                "region": {"startLine": 7, "startColumn": 20, "endLine": 7, "endColumn": 31},
            },
            "logicalLocations": [{"fullyQualifiedName": "/paths/~1orders/get/operationId"}],
        }
    ]


def test_rules_bring_their_help(report: LintReport) -> None:
    rule = log(report)["runs"][0]["tool"]["driver"]["rules"][0]
    assert rule["id"] == "auth-stated"
    assert rule["helpUri"] == "https://example.com/why"
    assert rule["defaultConfiguration"] == {"level": "error"}
    assert "```yaml\na: 1\n```" in rule["help"]["markdown"]
    assert rule["properties"] == {"tags": ["auth"]}


def test_what_was_not_judged_makes_the_run_unsuccessful(report: LintReport) -> None:
    invocation = log(report)["runs"][0]["invocations"][0]
    assert invocation["executionSuccessful"] is False
    note = invocation["toolExecutionNotifications"][0]
    assert note["descriptor"] == {"id": "syntax"}
    assert note["locations"][0]["physicalLocation"]["region"] == {"startLine": 3, "startColumn": 7}


@pytest.mark.parametrize(
    ("source", "location"),
    [
        ("api/my orders.yaml", {"uri": "api/my%20orders.yaml", "uriBaseId": "%SRCROOT%"}),
        ("/tmp/orders.yaml", {"uri": "file:///tmp/orders.yaml"}),
        ("https://example.com/a?b=c", {"uri": "https://example.com/a?b=c"}),
        ("a:b.yaml", {"uri": "a%3Ab.yaml", "uriBaseId": "%SRCROOT%"}),
        ("", {"uri": "stdin", "uriBaseId": "%SRCROOT%"}),
    ],
)
def test_files_are_named_by_uris(
    findings: tuple[Finding, ...], source: str, location: dict[str, str]
) -> None:
    run = log(LintReport((replace(findings[0], source=source),), ()))["runs"][0]
    assert run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"] == location


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(message=st.text(), source=st.text(), code=st.text())
def test_any_text_holds_to_it(findings: tuple[Finding, ...], message: str, source: str, code: str) -> None:
    hostile = replace(findings[0], message=message or code or "x", source=source, code=code or "x")
    log(LintReport((hostile,), ()))
