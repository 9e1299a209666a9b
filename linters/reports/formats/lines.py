"""For grep, editors and problem matchers: one finding a line, file:line:column: severity code: message."""

from __future__ import annotations

from collections.abc import Iterator

from linters.reports.excerpts import inert, printable
from linters.reports.report import LintReport
from linters.reports.wording import SEVERITY_NAMES

ALIASES = ("pipeline",)


def render(report: LintReport) -> str:
    return "".join(inert(line) + "\n" for line in _lines(report))


def _lines(report: LintReport) -> Iterator[str]:
    for source, findings in report.by_file():
        for finding in findings:
            start = finding.range.start
            place = f"{printable(source) or 'stdin'}:{start.line + 1}:{start.character + 1}"
            name = SEVERITY_NAMES[finding.severity]
            yield f"{place}: {name} {printable(finding.code)}: {printable(finding.message)}"
    for error in report.unread:
        place = f"{printable(error.source) or 'stdin'}:{error.line or 1}:{error.column or 1}"
        words = f"{error.message} {error.advice}".strip()
        yield f"{place}: error {printable(error.code)}: {printable(words)}"
