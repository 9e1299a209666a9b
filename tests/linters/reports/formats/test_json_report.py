from __future__ import annotations

import json
from dataclasses import replace
from importlib.resources import files
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from linters.lint import Severity
from linters.reports import LintReport, render
from linters.reports.score import Score

SCHEMA = json.loads((files("specs") / "lint-report.schema.json").read_text("utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)


def written(report: LintReport) -> dict[str, Any]:
    whole: dict[str, Any] = json.loads(render("json-report", report))
    VALIDATOR.validate(whole)
    return whole


def test_the_schema_is_one_and_describes_every_member(full: LintReport) -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert set(written(full)) == set(SCHEMA["properties"]) == set(SCHEMA["required"])


def test_the_whole_of_it(full: LintReport) -> None:
    whole = written(full)
    assert whole["counts"] == {"error": 1, "warn": 1, "info": 1, "hint": 0, "suppressed": 1, "unread": 1}
    assert whole["files"] == ["orders.yaml", "clean.yaml"]
    assert whole["findings"][1]["fix"]["edits"][0]["text"] == "listOrders"
    assert whole["findings"][2]["related"]["path"] == ["paths", "/orders"]
    assert whole["suppressed"][0]["suppressed"] == {
        "kind": "inSource",
        "reason": "Agreed with the architects.",
    }
    assert whole["unread"] == [
        {
            "code": "syntax",
            "message": "The bracket is never closed.",
            "advice": "Close it.",
            "source": "broken.yaml",
            "line": 3,
            "column": 7,
        }
    ]
    assert list(whole["rules"]) == ["auth-stated"]
    assert whole["notes"] == ["Score: 71 of 100."]


@pytest.mark.parametrize(
    ("severity", "outcome"), [(Severity.ERROR, "fail"), (Severity.HINT, "fail"), (None, "pass")]
)
def test_the_outcome_of_what_was_judged(full: LintReport, severity: Severity | None, outcome: str) -> None:
    judged = replace(full, unread=(), fail_severity=severity)
    assert written(judged)["outcome"] == outcome
    assert written(replace(judged, findings=()))["outcome"] == "pass"


def test_what_was_not_judged_is_no_pass(report: LintReport) -> None:
    assert written(replace(report, findings=()))["outcome"] == "unchecked"


def test_any_text_holds_to_the_schema(hostile: LintReport) -> None:
    assert written(hostile)["findings"][0]["message"].startswith("\x1b[2J")


def test_a_score_where_one_was_asked_for(full: LintReport) -> None:
    assert written(full)["score"] is None
    score = Score({"auth": 90, "money": None}, 90)
    assert written(replace(full, score=score))["score"] == {"total": 90, "areas": {"auth": 90, "money": None}}
