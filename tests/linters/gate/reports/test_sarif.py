from __future__ import annotations

import json
from typing import Any

from linters.gate import GateResult
from linters.gate.reports import sarif


def run(result: GateResult) -> dict[str, Any]:
    log = json.loads(sarif.render(result, "erp/orders"))
    assert log["version"] == "2.1.0"
    (only,) = log["runs"]
    return dict(only)


def test_findings_changes_and_failed_checks_are_results(refused: GateResult) -> None:
    made = run(refused)
    levels = {one["ruleId"]: one["level"] for one in made["results"]}
    assert refused.comparison is not None
    broken = next(one for one in refused.comparison.changes if one.verdict == "breaking")
    assert levels == {
        "naming": "error",
        "taste": "note",
        broken.id: "error",
        "gate-lint": "error",
        "gate-version": "warning",
    }
    assert [one["id"] for one in made["tool"]["driver"]["rules"]] == sorted(levels)
    assert made["properties"] == {"outcome": "fail", "profile": "default", "title": "erp/orders"}


def test_places_are_one_based(refused: GateResult) -> None:
    finding = run(refused)["results"][0]
    place = finding["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "orders.yaml"
    assert place["region"] == {"startLine": 5, "startColumn": 3, "endLine": 5, "endColumn": 10}


def test_a_break_carries_its_witness(refused: GateResult) -> None:
    (change,) = [one for one in run(refused)["results"] if one.get("properties", {}).get("breaks")]
    assert change["properties"] == {"breaks": "consumer", "operation": "POST /orders"}
    assert "Witness: " in change["message"]["text"]
    assert change["locations"][0]["physicalLocation"]["region"]["startLine"] > 0


def test_a_pass_has_no_results(passed: GateResult) -> None:
    assert run(passed)["results"] == []
