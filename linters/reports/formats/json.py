"""For programs: a list of findings as Spectral writes them, places zero-based.

`specs/lint-report.schema.json#/$defs/findings` describes it. What Spectral does not know, a fix and the reference
by which a place was reached, are members of their own.
"""

from __future__ import annotations

from typing import Any

from linters.lint import Finding
from linters.reports.json_text import dumps
from linters.reports.report import LintReport


def render(report: LintReport) -> str:
    if not report.findings:
        return "[]\n"
    # One finding a line: it can be read by people, searched by grep, and is as small as it gets.
    rows = ",\n".join(" " + dumps(row(report, one)) for one in report.findings)
    return f"[\n{rows}\n]\n"


def row(report: LintReport, finding: Finding) -> dict[str, Any]:
    """A finding with what the report attaches to it."""
    shown = finding.as_dict()
    if (fix := report.fixes.get(finding)) is not None:
        shown["fix"] = fix.as_dict()
    if (related := report.related.get(finding)) is not None:
        shown["related"] = related.as_dict()
    return shown
