"""For code scanning: SARIF 2.1.0 with help, fingerprints and relative locations."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from contracts.errors import ContractError
from contracts.pointers import to_pointer
from contracts.positions import Range
from linters.lint import Finding, Severity
from linters.reports.fingerprints import fingerprinted
from linters.reports.help import RuleHelp
from linters.reports.report import LintReport

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARN: "warning", Severity.INFO: "note", Severity.HINT: "note"}
_LEVELS_BY_NAME = {"error": "error", "warn": "warning", "info": "note", "hint": "note"}


def render(report: LintReport) -> str:
    codes = sorted({*report.help, *(finding.code for finding in report.findings)})
    index = {code: number for number, code in enumerate(codes)}
    driver: dict[str, Any] = {"name": "Lading"}
    if report.version:
        driver["semanticVersion"] = report.version
    driver["rules"] = [_rule(report.help.get(code, RuleHelp(code))) for code in codes]
    run = {
        "tool": {"driver": driver},
        "columnKind": "utf16CodeUnits",
        "invocations": [_invocation(report)],
        "results": [_result(f, mark, index[f.code]) for f, mark in fingerprinted(report.findings)],
        "properties": {"ruleset": report.ruleset},
    }
    return (
        json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1)
        + "\n"
    )


def _rule(help_: RuleHelp) -> dict[str, Any]:
    rule: dict[str, Any] = {
        "id": help_.code,
        "shortDescription": {"text": help_.description or help_.code},
        "defaultConfiguration": {"level": _LEVELS_BY_NAME.get(help_.severity, "warning")},
    }
    if help_.why:
        rule["fullDescription"] = {"text": help_.why}
    if help_.why or help_.good or help_.bad:
        rule["help"] = {"text": help_.as_text(), "markdown": help_.as_markdown()}
    if help_.url:
        rule["helpUri"] = help_.url
    if help_.area:
        rule["properties"] = {"tags": [help_.area]}
    return rule


def _result(finding: Finding, fingerprint: str, index: int) -> dict[str, Any]:
    location: dict[str, Any] = {"physicalLocation": _physical(finding.source, finding.range)}
    if finding.path:
        location["logicalLocations"] = [{"fullyQualifiedName": to_pointer(finding.path)}]
    return {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.message or finding.code},
        "locations": [location],
        "partialFingerprints": {"ladingFinding/v1": fingerprint},
    }


def _physical(source: str, place: Range) -> dict[str, Any]:
    """SARIF counts lines and columns from 1, and the end column is the one behind the last (section 3.30)."""
    start, end = place.start, max(place.start, place.end)
    return {
        "artifactLocation": _artifact(source),
        "region": {
            "startLine": start.line + 1,
            "startColumn": start.character + 1,
            "endLine": end.line + 1,
            "endColumn": end.character + 1,
        },
    }


def _artifact(source: str) -> dict[str, str]:
    if "://" in source:
        return {"uri": quote(source, safe="/:?#[]@!$&'()*+,;=%~")}
    if source.startswith("/"):
        return {"uri": "file://" + quote(source)}
    # A first segment with a colon would read as a scheme (RFC 3986, section 4.2); quote() escapes it.
    return {"uri": quote(source or "stdin"), "uriBaseId": "%SRCROOT%"}


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
