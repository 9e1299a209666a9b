"""SARIF 2.1.0: findings, changes and failed checks as results, each at its line."""

from __future__ import annotations

import json
from typing import Any

from linters.diff import Change
from linters.diff.reports.words import witness
from linters.gate.result import GateResult
from linters.lint import Finding, Severity
from linters.reports import Suppressed

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARN: "warning", Severity.INFO: "note", Severity.HINT: "note"}
_VERDICTS = {"breaking": "error", "unknown": "warning", "safe": "none"}


def render(result: GateResult, title: str = "") -> str:
    """The result as a SARIF log of one run."""
    results = [_finding(one) for one in result.findings]
    results += [_suppressed(one) for one in result.suppressed]
    if result.comparison is not None:
        results += [_change(one) for one in result.comparison.changes if one.verdict != "safe"]
    results += [
        {
            "ruleId": f"gate-{check.name}",
            "level": "error" if check.outcome == "fail" else "warning",
            "message": {"text": check.reason},
        }
        for check in result.checks
        if check.required and check.outcome != "pass"
    ]
    if result.suppressed:  # section 3.27.23: either every result states its suppressions, or none does
        results = [{"suppressions": [], **one} for one in results]
    rules = sorted({one["ruleId"] for one in results})
    run: dict[str, Any] = {
        "tool": {
            "driver": {
                "name": "lading",
                "informationUri": "https://lading.example/docs",
                "rules": [{"id": rule} for rule in rules],
            }
        },
        "results": results,
        "properties": {"outcome": result.outcome, "profile": result.profile, "title": title},
    }
    return (
        json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=False)
        + "\n"
    )


def _suppressed(one: Suppressed) -> dict[str, Any]:
    suppression = {"kind": one.kind, "status": "accepted", "justification": one.reason}
    return {**_finding(one.finding), "suppressions": [suppression]}


def _finding(one: Finding) -> dict[str, Any]:
    region = {
        "startLine": one.range.start.line + 1,
        "startColumn": one.range.start.character + 1,
        "endLine": one.range.end.line + 1,
        "endColumn": one.range.end.character + 1,
    }
    return {
        "ruleId": one.code,
        "level": _LEVELS[one.severity],
        "message": {"text": one.message},
        "locations": [_location(one.source, region)],
    }


def _change(one: Change) -> dict[str, Any]:
    place = one.revision or one.base
    text = one.message
    shown = witness(one)
    result: dict[str, Any] = {
        "ruleId": one.id,
        "level": _VERDICTS[one.verdict],
        "message": {"text": f"{text} Witness: {shown}." if shown else text},
        "properties": {"breaks": one.breaks, "operation": one.operation},
    }
    if place is not None:
        result["locations"] = [_location(place.source, {"startLine": place.line})]
    return result


def _location(source: str, region: dict[str, int]) -> dict[str, Any]:
    return {"physicalLocation": {"artifactLocation": {"uri": source}, "region": region}}
