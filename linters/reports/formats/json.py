"""For programs: a list of findings as Spectral writes them, places zero-based."""

from __future__ import annotations

import json

from linters.reports.report import LintReport


def render(report: LintReport) -> str:
    if not report.findings:
        return "[]\n"
    rows = ",\n".join(_row(finding.as_dict()) for finding in report.findings)
    return f"[\n{rows}\n]\n"


def _row(finding: object) -> str:
    # One finding a line: it can be read by people, searched by grep, and is as small as it gets.
    return " " + json.dumps(finding, ensure_ascii=False)
