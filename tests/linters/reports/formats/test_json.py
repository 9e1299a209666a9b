from __future__ import annotations

import json
from importlib.resources import files

from jsonschema import Draft202012Validator

from linters.reports import LintReport, render

SCHEMA = json.loads((files("specs") / "lint-report.schema.json").read_text("utf-8"))
VALIDATOR = Draft202012Validator({"$ref": "#/$defs/findings", "$defs": SCHEMA["$defs"]})


def test_a_list_of_findings_zero_based_as_spectral_writes_them(report: LintReport) -> None:
    first = json.loads(render("json", report))[0]
    assert first == {
        "code": "auth-stated",
        "message": "GET /orders states no `security`.",
        "path": ["paths", "/orders", "get"],
        "severity": 0,
        "range": {"start": {"line": 5, "character": 8}, "end": {"line": 6, "character": 30}},
        "source": "orders.yaml",
    }


def test_one_finding_a_line(report: LintReport) -> None:
    assert len(render("json", report).splitlines()) == len(report.findings) + 2


def test_nothing_found_is_an_empty_list() -> None:
    assert json.loads(render("json", LintReport((), ()))) == []


def test_it_holds_to_its_schema_whatever_the_text(full: LintReport, hostile: LintReport) -> None:
    for report in (full, hostile):
        VALIDATOR.validate(json.loads(render("json", report)))


def test_a_fix_and_a_related_place_are_members_of_their_own(full: LintReport) -> None:
    _, naming, limit = json.loads(render("json", full))
    assert naming["fix"]["title"] == "Write `listOrders`"
    assert limit["related"]["source"] == "orders.yaml"
    assert "fix" not in limit
