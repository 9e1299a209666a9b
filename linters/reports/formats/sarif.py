"""For code scanning: SARIF 2.1.0 with help, fingerprints, fixes, suppressions and relative locations."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, groupby
from typing import Any
from urllib.parse import quote

from contracts.errors import ContractError
from contracts.pointers import Path, to_pointer
from contracts.positions import Range
from linters.lint import Finding, Severity
from linters.reports.attachments import Fix, Related, Suppressed
from linters.reports.fingerprints import fingerprinted
from linters.reports.help import RuleHelp
from linters.reports.json_text import dumps
from linters.reports.report import LintReport

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARN: "warning", Severity.INFO: "note", Severity.HINT: "note"}
_LEVELS_BY_NAME = {"error": "error", "warn": "warning", "info": "note", "hint": "note"}
_PROBLEMS = {"error": "error", "warn": "warning", "info": "recommendation", "hint": "recommendation"}
_ROOT = "%SRCROOT%"


def render(report: LintReport) -> str:
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(report)]}
    return dumps(log, indent=1) + "\n"


def _run(report: LintReport) -> dict[str, Any]:
    suppressed = {id(one.finding): one for one in report.suppressed}
    findings = [*report.findings, *(one.finding for one in report.suppressed)]
    codes = sorted({*report.help, *(finding.code for finding in findings)})
    index = {code: number for number, code in enumerate(codes)}
    results = []
    for finding, fingerprint in fingerprinted(findings):
        result = _result(report, finding, fingerprint, index[finding.code])
        if suppressed:  # section 3.27.23: either every result states its suppressions, or none does
            result["suppressions"] = _suppressions(suppressed.get(id(finding)))
        results.append(result)
    driver: dict[str, Any] = {"name": "Lading", "informationUri": "https://lading.example/docs"}
    if report.version:
        driver["semanticVersion"] = report.version
    driver["rules"] = [_rule(report.help.get(code, RuleHelp(code))) for code in codes]
    return {
        "tool": {"driver": driver},
        "columnKind": "utf16CodeUnits",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The folder in which Lading ran."}}},
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
        rule["helpUri"] = _uri(help_.url)
    return rule


def _result(report: LintReport, finding: Finding, fingerprint: str, index: int) -> dict[str, Any]:
    location = _location(finding.source, finding.range, finding.path)
    result = {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.message or finding.code},
        "locations": [location],
        "partialFingerprints": {"ladingFinding/v1": fingerprint},
    }
    if (related := report.related.get(finding)) is not None:
        result["relatedLocations"] = [_reference(related)]
    if (fix := report.fixes.get(finding)) is not None:
        result["fixes"] = [_fix(fix)]
    return result


def _suppressions(one: Suppressed | None) -> list[dict[str, Any]]:
    if one is None:
        return []
    suppression = {"kind": one.kind, "status": "accepted"}
    return [{**suppression, "justification": one.reason} if one.reason else suppression]


def _reference(related: Related) -> dict[str, Any]:
    message = {"text": "The reference by which this place belongs to the contract."}
    return {"id": 0, **_location(related.source, related.range, related.path), "message": message}


def _fix(fix: Fix) -> dict[str, Any]:
    edits = sorted(fix.edits, key=lambda edit: (edit.source, edit.range.start))
    return {
        "description": {"text": fix.title},
        "artifactChanges": [
            {
                "artifactLocation": _artifact(source),
                "replacements": [
                    {"deletedRegion": _region(edit.range), "insertedContent": {"text": edit.text}}
                    for edit in group
                ],
            }
            for source, group in groupby(edits, key=lambda edit: edit.source)
        ],
    }


def _location(source: str, place: Range, path: Path) -> dict[str, Any]:
    location: dict[str, Any] = {
        "physicalLocation": {"artifactLocation": _artifact(source), "region": _region(place)}
    }
    if path:
        location["logicalLocations"] = [{"fullyQualifiedName": to_pointer(path)}]
    return location


def _region(place: Range) -> dict[str, int]:
    """SARIF counts lines and columns from 1, and the end column is the one behind the last (section 3.30)."""
    start, end = place.start, max(place.start, place.end)
    return {
        "startLine": start.line + 1,
        "startColumn": start.character + 1,
        "endLine": end.line + 1,
        "endColumn": end.character + 1,
    }


def _artifacts(report: LintReport, findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """The files that were judged, and those that they refer to as far as something was found there."""
    sources = dict.fromkeys(chain(report.files, (finding.source for finding in findings)))
    judged = set(report.files)
    return [
        {"location": _artifact(source), **({"roles": ["analysisTarget"]} if source in judged else {})}
        for source in sources
    ]


def _artifact(source: str) -> dict[str, str]:
    if "://" in source:
        return {"uri": _uri(source)}
    if source.startswith("/"):
        return {"uri": "file://" + quote(source, errors="replace")}
    # A first segment with a colon would read as a scheme (RFC 3986, section 4.2); quote() escapes it.
    return {"uri": quote(source or "stdin", errors="replace"), "uriBaseId": _ROOT}


def _uri(text: str) -> str:
    return quote(text, safe="/:?#[]@!$&'()*+,;=%~", errors="replace")


def _invocation(report: LintReport) -> dict[str, Any]:
    invocation: dict[str, Any] = {"executionSuccessful": not report.unread}
    if report.unread:
        invocation["toolExecutionNotifications"] = [_notification(error) for error in report.unread]
    return invocation


def _notification(error: ContractError) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": _artifact(error.source)}
    if error.line is not None:
        physical["region"] = {"startLine": error.line, "startColumn": error.column or 1}
    return {
        "descriptor": {"id": error.code},
        "level": "error",
        "message": {"text": f"{error.message} {error.advice}".strip()},
        "locations": [{"physicalLocation": physical}],
    }
