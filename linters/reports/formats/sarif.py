"""For code scanning: SARIF 2.1.0 with help, fingerprints, fixes, suppressions and relative locations."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, groupby
from typing import Any

from contracts.errors import ContractError
from linters.lint import Finding
from linters.reports.attachments import Fix, Related
from linters.reports.fingerprints import fingerprinted
from linters.reports.help import RuleHelp
from linters.reports.json_text import dumps
from linters.reports.report import LintReport
from linters.reports.sarif import artifact, driver, location, log, region, result_of, suppressions, uri

_LEVELS_BY_NAME = {"error": "error", "warn": "warning", "info": "note", "hint": "note"}
_PROBLEMS = {"error": "error", "warn": "warning", "info": "recommendation", "hint": "recommendation"}


def render(report: LintReport) -> str:
    return dumps(log(_run(report)), indent=1) + "\n"


def _run(report: LintReport) -> dict[str, Any]:
    suppressed = {id(one.finding): one for one in report.suppressed}
    findings = [*report.findings, *(one.finding for one in report.suppressed)]
    codes = sorted({*report.help, *(finding.code for finding in findings)})
    index = {code: number for number, code in enumerate(codes)}
    results = []
    for finding, fingerprint in fingerprinted(findings):
        result = _result(report, finding, fingerprint, index[finding.code])
        if suppressed:  # section 3.27.23: either every result states its suppressions, or none does
            result["suppressions"] = suppressions(suppressed.get(id(finding)))
        results.append(result)
    rules = [_rule(report.help.get(code, RuleHelp(code))) for code in codes]
    return {
        "tool": {"driver": driver(report.version, rules)},
        "artifacts": _artifacts(report, findings),
        "invocations": [_invocation(report)],
        "results": results,
        "properties": {"ruleset": report.ruleset},
    }


def _rule(help_: RuleHelp) -> dict[str, Any]:
    rule: dict[str, Any] = {
        "id": help_.code,
        "shortDescription": {"text": help_.description or help_.code},
        "defaultConfiguration": {"level": _LEVELS_BY_NAME.get(help_.severity, "warning")},
        "properties": {
            "tags": [help_.area] if help_.area else [],
            "problem.severity": _PROBLEMS.get(help_.severity, "warning"),
        },
    }
    if help_.why:
        rule["fullDescription"] = {"text": help_.why}
    if help_.as_text():
        rule["help"] = {"text": help_.as_text(), "markdown": help_.as_markdown()}
    if help_.url:
        rule["helpUri"] = uri(help_.url)
    return rule


def _result(report: LintReport, finding: Finding, fingerprint: str, index: int) -> dict[str, Any]:
    result = {**result_of(finding, fingerprint), "ruleIndex": index}
    if (related := report.related.get(finding)) is not None:
        result["relatedLocations"] = [_reference(related)]
    if (fix := report.fixes.get(finding)) is not None:
        result["fixes"] = [_fix(fix)]
    return result


def _reference(related: Related) -> dict[str, Any]:
    message = {"text": "The reference by which this place belongs to the contract."}
    return {"id": 0, **location(related.source, related.range, related.path), "message": message}


def _fix(fix: Fix) -> dict[str, Any]:
    edits = sorted(fix.edits, key=lambda edit: (edit.source, edit.range.start))
    return {
        "description": {"text": fix.title},
        "artifactChanges": [
            {
                "artifactLocation": artifact(source),
                "replacements": [
                    {"deletedRegion": region(edit.range), "insertedContent": {"text": edit.text}}
                    for edit in group
                ],
            }
            for source, group in groupby(edits, key=lambda edit: edit.source)
        ],
    }


def _artifacts(report: LintReport, findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """The files that were judged, and those that they refer to as far as something was found there."""
    sources = dict.fromkeys(chain(report.files, (finding.source for finding in findings)))
    judged = set(report.files)
    return [
        {"location": artifact(source), **({"roles": ["analysisTarget"]} if source in judged else {})}
        for source in sources
    ]


def _invocation(report: LintReport) -> dict[str, Any]:
    invocation: dict[str, Any] = {"executionSuccessful": not report.unread}
    if report.unread:
        invocation["toolExecutionNotifications"] = [_notification(error) for error in report.unread]
    return invocation


def _notification(error: ContractError) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": artifact(error.source)}
    if error.line is not None:
        physical["region"] = {"startLine": error.line, "startColumn": error.column or 1}
    return {
        "descriptor": {"id": error.code},
        "level": "error",
        "message": {"text": f"{error.message} {error.advice}".strip()},
        "locations": [{"physicalLocation": physical}],
    }
