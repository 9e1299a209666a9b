"""Issues as Code Climate defines them, of which GitLab reads a part."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Any

from contracts.errors import ContractError
from linters.lint import Finding, Severity

from .fingerprints import fingerprint, fingerprinted
from .report import LintReport

_SEVERITIES = {
    Severity.ERROR: "critical",
    Severity.WARN: "major",
    Severity.INFO: "minor",
    Severity.HINT: "info",
}


def issues(report: LintReport) -> Iterator[dict[str, Any]]:
    """An issue for every finding, and a blocker for every file that could not be judged."""
    for finding, mark in fingerprinted(report.findings):
        yield _finding(finding, mark)
    for error in report.unread:
        yield _unread(error)


def _finding(finding: Finding, mark: str) -> dict[str, Any]:
    start, end = finding.range.start, finding.range.end
    return {
        "description": finding.message or finding.code,
        "check_name": finding.code,
        "fingerprint": mark,
        "severity": _SEVERITIES[finding.severity],
        "location": _location(finding.source, start.line + 1, max(start.line, end.line) + 1),
    }


def _unread(error: ContractError) -> dict[str, Any]:
    line = error.line or 1
    return {
        "description": f"{error.message} {error.advice}".strip(),
        "check_name": error.code,
        "fingerprint": fingerprint(error.code, error.source),
        "severity": "blocker",
        "location": _location(error.source, line, line),
    }


def _location(source: str, begin: int, end: int) -> dict[str, Any]:
    """Paths are relative to the repository and do not begin with `./`, which GitLab would not match."""
    return {"path": posixpath.normpath(source or "stdin"), "lines": {"begin": begin, "end": end}}
