"""For people at a terminal: by file, with the line in question."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator

from linters.lint import Finding, Severity
from linters.reports.excerpts import excerpt, printable
from linters.reports.report import LintReport
from linters.reports.wording import SEVERITY_NAMES, count_of, counted

_COLOURS = {Severity.ERROR: "1;31", Severity.WARN: "33", Severity.INFO: "36", Severity.HINT: "2"}
_INDENT = "  "


def render(report: LintReport) -> str:
    lines: list[str] = []
    for source, findings in report.by_file():
        lines += [_paint(report, "1;4", printable(source)), ""]
        shown: Counter[str] = Counter()
        for finding in findings:
            shown[finding.code] += 1
            if report.per_rule is None or shown[finding.code] <= report.per_rule:
                lines += [*_finding(report, finding), ""]
        lines += _left_out(report, shown)
    return "\n".join([*lines, *_summary(report)]) + "\n"


def _finding(report: LintReport, finding: Finding) -> Iterator[str]:
    start = finding.range.start
    severity = _paint(report, _COLOURS[finding.severity], f"{SEVERITY_NAMES[finding.severity]:<7}")
    place = f"{start.line + 1}:{start.character + 1}"
    yield f"{_INDENT}{severity}  {place:<8}  {_paint(report, '1', printable(finding.code))}"
    room = max(40, report.width - 2 * len(_INDENT))
    for line in textwrap.wrap(printable(finding.message), room, break_on_hyphens=False) or [""]:
        yield _INDENT + _INDENT + line
    yield from _marked_line(report, finding)


def _marked_line(report: LintReport, finding: Finding) -> Iterator[str]:
    number = str(finding.range.start.line + 1)
    gutter = _INDENT + _INDENT + _paint(report, "2", f"{number} │ ")
    text = report.line(finding.source, finding.range.start.line)
    part = excerpt(text, finding.range, max(40, report.width - len(number) - 3 - 2 * len(_INDENT)))
    if part is None:
        return
    yield gutter + part.text
    blank = _INDENT + _INDENT + _paint(report, "2", " " * len(number) + " │ ")
    yield blank + " " * part.start + _paint(report, _COLOURS[finding.severity], "^" * part.length)


def _left_out(report: LintReport, shown: Counter[str]) -> list[str]:
    if report.per_rule is None:
        return []
    more = {code: number - report.per_rule for code, number in shown.items() if number > report.per_rule}
    lines = [
        _paint(report, "2", f"{_INDENT}… and {number:,} more of {printable(code)}")
        for code, number in more.items()
    ]
    return [*lines, ""] if lines else []


def _summary(report: LintReport) -> Iterator[str]:
    for error in report.unread:
        yield _paint(report, _COLOURS[Severity.ERROR], "not judged") + "  " + printable(str(error))
    if report.unread:
        yield ""
    if not report.files and not report.findings:
        yield "No file was judged."
        return
    judged = f"{counted(len(report.files), 'file')} judged by {printable(report.ruleset)}"
    if not report.findings:
        mark = "" if report.unread else _paint(report, "32", "✔") + " "
        yield f"{mark}Nothing found in {judged}."
        return
    numbers = [
        _paint(report, _COLOURS[severity], count_of(severity, report.counts))
        for severity in Severity
        if report.counts[severity]
    ]
    yield f"{', '.join(numbers)} in {judged}."
    first = min(report.findings, key=lambda finding: finding.severity)
    if first.code in report.help:
        yield _paint(report, "2", f"Why, and how to mend it: lading explain {printable(first.code)}")


def _paint(report: LintReport, code: str, text: str) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if report.colour else text
