"""SARIF 2.1.0: findings, changes and failed checks as results, each at its line.

A change lies at its line in the revision; where it was in the base is a related location. A change that is
approved is a result that is suppressed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from contracts.pointers import to_pointer
from linters.diff import Change, Place
from linters.diff.reports.words import witness
from linters.gate.approvals import Approval
from linters.gate.run import Judged, Run
from linters.reports.fingerprints import fingerprint, fingerprinted
from linters.reports.json_text import dumps
from linters.reports.sarif import artifact, driver, log, result_of, suppressions

_VERDICTS = {"breaking": "error", "unknown": "warning", "safe": "none"}


def render(run: Run) -> str:
    """The whole run as a SARIF log of one run."""
    results = [result for judged in run.in_order for result in _results(judged)]
    # Section 3.27.23: either every result states its suppressions, or none does.
    results = [{"suppressions": [], **one} for one in results]
    rules = [{"id": rule} for rule in sorted({one["ruleId"] for one in results})]
    told: dict[str, Any] = {
        "tool": {"driver": driver("", rules)},
        "results": results,
        "properties": {
            "outcome": run.outcome,
            "against": run.against,
            "contracts": [
                {"name": one.name, "outcome": one.result.outcome, "profile": one.result.profile}
                for one in run.in_order
            ],
        },
    }
    if run.notes:
        notes = [{"level": "note", "message": {"text": note}} for note in run.notes]
        told["invocations"] = [{"executionSuccessful": True, "toolExecutionNotifications": notes}]
    return dumps(log(told), indent=2) + "\n"


def _results(judged: Judged) -> Iterator[dict[str, Any]]:
    result = judged.result
    answered = {id(one.finding): one for one in result.suppressed}
    findings = (*result.findings, *(one.finding for one in result.suppressed))
    for one, mark in fingerprinted(findings):
        yield {**result_of(one, mark), "suppressions": suppressions(answered.get(id(one)))}
    approvals = {one.fingerprint: one for one in result.approved}
    for change in () if result.comparison is None else result.comparison.changes:
        if change.verdict != "safe":
            yield _change(judged, change, approvals.get(change.fingerprint))
    for check in result.checks:
        if check.required and check.outcome != "pass":
            told: dict[str, Any] = {
                "ruleId": f"gate-{check.name}",
                "level": "error" if check.outcome == "fail" else "warning",
                "message": {"text": f"{judged.name}: {check.reason}" if judged.name else check.reason},
                "partialFingerprints": {"ladingCheck/v1": fingerprint(judged.name, check.name)},
            }
            if judged.source:
                told["locations"] = [{"physicalLocation": {"artifactLocation": artifact(judged.source)}}]
            yield told


def _change(judged: Judged, one: Change, approval: Approval | None) -> dict[str, Any]:
    text, shown = one.message, witness(one)
    result: dict[str, Any] = {
        "ruleId": one.id,
        "level": _VERDICTS[one.verdict],
        "message": {"text": f"{text} Witness: {shown}." if shown else text},
        "properties": {"verdict": one.verdict, "breaks": one.breaks, "operation": one.operation},
        "partialFingerprints": {"ladingChange/v1": one.fingerprint},
    }
    if one.revision is not None:
        result["locations"] = [_location(one.revision)]
    elif judged.source or one.base is not None:
        # It is gone: the file that it is gone from, as no line of it is to blame.
        source = judged.source or (one.base.source if one.base else "")
        result["locations"] = [{"physicalLocation": {"artifactLocation": artifact(source)}}]
    if one.base is not None:
        before = {**_location(one.base), "id": 1, "message": {"text": f"line {one.base.line} of the base"}}
        result["relatedLocations"] = [before]
    if approval is not None:
        given = {"kind": "external", "status": "accepted", "justification": approval.said}
        result["suppressions"] = [given]
    return result


def _location(place: Place) -> dict[str, Any]:
    physical = {"artifactLocation": artifact(place.source), "region": {"startLine": place.line}}
    logical = [{"fullyQualifiedName": to_pointer(place.path)}] if place.path else []
    return {"physicalLocation": physical, **({"logicalLocations": logical} if logical else {})}
