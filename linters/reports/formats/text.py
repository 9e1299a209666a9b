"""For people at a terminal: by file, each finding with its place, and the line in question where there are few."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from linters.lint import Finding, Severity
from linters.reports.excerpts import cells, excerpt, inert, printable
from linters.reports.report import LintReport
from linters.reports.wording import SEVERITY_NAMES, count_of, counted

ALIASES = ("pretty",)

FEW = 20
"""So many findings are shown with their lines where nothing else is said."""
_COLOURS = {Severity.ERROR: "1;31", Severity.WARN: "33", Severity.INFO: "36", Severity.HINT: "2"}
_SEVERITY = max(map(len, SEVERITY_NAMES.values()))
_GAP = "  "
_ROOM = 48
"""Without excerpts, messages stand beside the codes where they have at least so much room; else below them."""


@dataclass(frozen=True, slots=True)
class _Columns:
    """The widths of one file's columns; `message` None writes messages below the codes."""

    place: int
    code: int
    message: int | None

    @property
    def left(self) -> str:
        """The blanks before what stands below a finding."""
        return " " * (self.place + 2 * len(_GAP))


def render(report: LintReport) -> str:
    lines: list[str] = []
    excerpts = len(report.findings) <= FEW if report.excerpts is None else report.excerpts
    for source, findings in report.by_file():
        shown, left_out = _bounded(findings, report.per_rule)
        lines += [_paint(report, "1;4", printable(source)), ""]
        columns = _columns(shown, report.width, stacked=excerpts)
        for finding in shown:
            lines += _finding(report, finding, columns)
            if excerpts:
                lines += [*_marked_line(report, finding, columns), ""]
        lines += _left_out(report, left_out, columns)
        if lines[-1]:
            lines.append("")
    return "\n".join(map(inert, [*lines, *_end(report)])) + "\n"


def _bounded(findings: Iterable[Finding], per_rule: int | None) -> tuple[list[Finding], dict[str, int]]:
    """What is shown of a file, and how much of each rule is not."""
    seen: Counter[str] = Counter()
    shown = []
    for finding in findings:
        seen[finding.code] += 1
        if per_rule is None or seen[finding.code] <= per_rule:
            shown.append(finding)
    if per_rule is None:
        return shown, {}
    return shown, {code: number - per_rule for code, number in seen.items() if number > per_rule}


def _columns(findings: list[Finding], width: int, *, stacked: bool) -> _Columns:
    place = max(len(_place(finding)) for finding in findings)
    code = max(cells(printable(finding.code)) for finding in findings)
    message = place + _SEVERITY + code + 4 * len(_GAP)
    return _Columns(place, code, None if stacked or width - message < _ROOM else message)


def _place(finding: Finding) -> str:
    start = finding.range.start
    return f"{start.line + 1}:{start.character + 1}"


def _finding(report: LintReport, finding: Finding, columns: _Columns) -> Iterator[str]:
    name = SEVERITY_NAMES[finding.severity]
    severity = _paint(report, _COLOURS[finding.severity], name) + " " * (_SEVERITY - len(name))
    head = f"{_GAP}{_place(finding):>{columns.place}}{_GAP}{severity}{_GAP}"
    code = printable(finding.code)
    painted = _paint(report, "1", code)
    blanks = columns.left if columns.message is None else " " * columns.message
    first, *rest = _wrapped(finding.message, report.width - len(blanks)) or [""]
    if columns.message is None:
        yield head + painted
        yield from (blanks + line for line in (first, *rest) if line)
    else:
        yield (head + painted + " " * (columns.code - cells(code)) + _GAP + first).rstrip()
        yield from (blanks + line for line in rest)
    related = report.related.get(finding)
    # A table is calmer without the obvious: that something in a file's components is referred to from that file.
    if related is not None and (columns.message is None or related.source != finding.source):
        start = related.range.start
        place = f"{printable(related.source)}:{start.line + 1}:{start.character + 1}"
        yield blanks + _paint(report, "2", f"↳ by the $ref at {place}")
    fix = report.fixes.get(finding)
    if fix is not None:
        yield from (
            blanks + _paint(report, "32", line)
            for line in _wrapped(f"fix: {fix.title}", report.width - len(blanks))
        )


def _left_out(report: LintReport, numbers: Mapping[str, int], columns: _Columns) -> Iterator[str]:
    if not numbers:
        return
    each = ", ".join(f"{number:,} of {code}" for code, number in numbers.items())
    more = (
        f"{sum(numbers.values()):,} more ({each})" if len(numbers) > 1 else each.replace(" of", " more of", 1)
    )
    text = f"… and {more}; --all shows them"
    for line in _wrapped(text, report.width - len(columns.left)):
        yield columns.left + _paint(report, "2", line)


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(printable(text), max(24, width), break_on_hyphens=False)


def _marked_line(report: LintReport, finding: Finding, columns: _Columns) -> Iterator[str]:
    number = str(finding.range.start.line + 1)
    text = report.line(finding.source, finding.range.start.line)
    part = excerpt(text, finding.range, max(32, report.width - len(columns.left) - len(number) - 3))
    if part is None:
        return
    yield columns.left + _paint(report, "2", f"{number} │ ") + part.text
    end = part.start + part.length
    blank = " " * cells(part.text[: part.start])
    mark = "^" * max(1, cells(part.text[part.start : end]))
    bar = _paint(report, "2", " " * len(number) + " │ ")
    yield columns.left + bar + blank + _paint(report, _COLOURS[finding.severity], mark)


def _end(report: LintReport) -> Iterator[str]:
    for error in report.unread:
        yield _paint(report, _COLOURS[Severity.ERROR], "not judged") + _GAP + printable(str(error))
    if report.unread:
        yield ""
    if not report.files and not report.findings:
        yield "No file was judged."
        return
    yield _summary(report)
    yield from (printable(note) for note in report.notes)
    if report.findings:
        first = min(report.findings, key=lambda finding: finding.severity)
        if (told := report.help.get(first.code)) and told.why:
            yield _paint(report, "2", f"Why, and how to mend it: lading explain {printable(first.code)}")


def _summary(report: LintReport) -> str:
    judged = f"{counted(len(report.files), 'file')} judged by {printable(report.ruleset)}"
    beside = f", {len(report.suppressed):,} suppressed" if report.suppressed else ""
    if not report.findings:
        mark = "" if report.unread else _paint(report, "32", "✔") + " "
        return f"{mark}Nothing found in {judged}{beside}."
    numbers = [
        _paint(report, _COLOURS[severity], count_of(severity, report.counts))
        for severity in Severity
        if report.counts[severity]
    ]
    return f"{', '.join(numbers)} in {judged}{beside}."


def _paint(report: LintReport, code: str, text: str) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if report.colour else text
