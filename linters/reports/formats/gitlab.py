"""For GitLab: a Code Quality report, shown in merge requests."""

from __future__ import annotations

import json
import posixpath
from typing import Any

from contracts.errors import ContractError
from linters.lint import Finding, Severity
from linters.reports.fingerprints import fingerprinted
from linters.reports.report import LintReport

_SEVERITIES = {
    Severity.ERROR: "critical",
    Severity.WARN: "major",
    Severity.INFO: "minor",
    Severity.HINT: "info",
}


def render(report: LintReport) -> str:
    entries = [_finding(finding, mark) for finding, mark in fingerprinted(report.findings)]
    entries += [_unread(error) for error in report.unread]
    return json.dumps(entries, ensure_ascii=False, indent=1) + "\n"


def _finding(finding: Finding, fingerprint: str) -> dict[str, Any]:
    start, end = finding.range.start, finding.range.end
    return {
        "description": finding.message,
        "check_name": finding.code,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[finding.severity],
        "location": {
            "path": posixpath.normpath(finding.source or "stdin"),
            "lines": {"begin": start.line + 1, "end": max(start.line, end.line) + 1},
        },
    }


def _unread(error: ContractError) -> dict[str, Any]:
    line = error.line or 1
    return {
        "description": f"{error.message} {error.advice}".strip(),
        "check_name": error.code,
        "fingerprint": f"unread-{error.code}-{error.source}",
        "severity": "blocker",
        "location": {
            "path": posixpath.normpath(error.source or "stdin"),
            "lines": {"begin": line, "end": line},
        },
    }
