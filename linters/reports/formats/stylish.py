"""For scripts that read what Spectral prints for people: the same rows, and the same last line."""

from __future__ import annotations

from collections.abc import Iterator

from linters.lint import Finding, Severity
from linters.lint.printing import dotted
from linters.reports.excerpts import inert, printable
from linters.reports.report import LintReport

_NAMES = {
    Severity.ERROR: "error",
    Severity.WARN: "warning",
    Severity.INFO: "information",
    Severity.HINT: "hint",
}


def render(report: LintReport) -> str:
    lines = [f"{printable(str(error))}" for error in report.unread]
    for source, findings in report.by_file():
        lines += ["", printable(source), *_table(findings)]
    lines += ["", *_summary(report)]
    return "\n".join(map(inert, lines)) + "\n"


def _table(findings: list[Finding]) -> Iterator[str]:
    """Places stand in the middle of their column, severities to the right of it, codes and messages to the left."""
    rows = [_row(finding) for finding in findings]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    for place, severity, code, message, path in rows:
        yield (
            f" {_centred(place, widths[0])}  {severity:>{widths[1]}}  {code:<{widths[2]}}  {message:<{widths[3]}}  {path}"
        ).rstrip()


def _centred(text: str, width: int) -> str:
    """Of an odd number of blanks, one more stands on the left."""
    right = (width - len(text)) // 2
    return " " * (width - len(text) - right) + text + " " * right


def _row(finding: Finding) -> tuple[str, str, str, str, str]:
    start = finding.range.start
    return (
        f"{start.line + 1}:{start.character + 1}",
        _NAMES[finding.severity],
        printable(finding.code),
        printable(finding.message),
        printable(dotted(finding.path)),
    )


def _summary(report: LintReport) -> Iterator[str]:
    total = len(report.findings)
    if not total:
        severity = report.fail_severity or Severity.ERROR
        more = "" if severity is Severity.ERROR else " or higher"
        # Spectral counts only what it judged; what could not be judged was said above.
        yield f"No results with a severity of '{severity.label}'{more} found!"
        return
    words = (("error", "errors"), ("warning", "warnings"), ("info", "infos"), ("hint", "hints"))
    numbers = ", ".join(
        f"{report.counts[severity]} {one if report.counts[severity] == 1 else many}"
        for severity, (one, many) in zip(Severity, words, strict=True)
    )
    yield f"✖ {total} problem{'' if total == 1 else 's'} ({numbers})"
