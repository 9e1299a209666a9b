"""SARIF 2.1.0: findings, changes and failed checks as results, each at its line."""

from __future__ import annotations

from typing import Any

from linters.diff import Change
from linters.diff.reports.words import witness
from linters.gate.result import GateResult
from linters.reports.fingerprints import fingerprint, fingerprinted
from linters.reports.json_text import dumps
from linters.reports.sarif import artifact, driver, log, result_of, suppressions

_VERDICTS = {"breaking": "error", "unknown": "warning", "safe": "none"}


def render(result: GateResult, title: str = "") -> str:
    """The result as a SARIF log of one run."""
    answered = {id(one.finding): one for one in result.suppressed}
    findings = (*result.findings, *(one.finding for one in result.suppressed))
    results = [
        {**result_of(one, mark), "suppressions": suppressions(answered.get(id(one)))}
        for one, mark in fingerprinted(findings)
    ]
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
    # Section 3.27.23: either every result states its suppressions, or none does.
    results = [{"suppressions": [], **one} for one in results]
    rules = [{"id": rule} for rule in sorted({one["ruleId"] for one in results})]
    run = {
        "tool": {"driver": driver("", rules)},
        "results": results,
        "properties": {"outcome": result.outcome, "profile": result.profile, "title": title},
    }
    return dumps(log(run), indent=2) + "\n"


def _change(one: Change) -> dict[str, Any]:
    place = one.revision or one.base
    text = one.message
    shown = witness(one)
    result: dict[str, Any] = {
        "ruleId": one.id,
        "level": _VERDICTS[one.verdict],
        "message": {"text": f"{text} Witness: {shown}." if shown else text},
        "properties": {"breaks": one.breaks, "operation": one.operation},
        "partialFingerprints": {"ladingChange/v1": fingerprint(one.id, one.operation or "", text)},
    }
    if place is not None:
        physical = {"artifactLocation": artifact(place.source), "region": {"startLine": place.line}}
        result["locations"] = [{"physicalLocation": physical}]
    return result
