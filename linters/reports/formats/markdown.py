"""For a comment in a pull request: the gravest first, the others folded away, never too long for a comment."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from linters.lint import Finding, Severity
from linters.reports.excerpts import printable
from linters.reports.help import RuleHelp
from linters.reports.report import LintReport
from linters.reports.wording import count_of, counted, spans

MOST = 60_000
"""Characters; GitHub refuses comments of more than 65,536, and a step may want to add a line or two."""
_RULES = 15
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+!|~&@]|:(?=//)|(?<=\bwww)\.)", re.IGNORECASE)
_SHORT = 600
_MARKS = {Severity.ERROR: "❌", Severity.WARN: "⚠️", Severity.INFO: "ℹ️", Severity.HINT: "💡"}
_ODD = re.compile(r"[\s<>|\\]|^.{500}", re.DOTALL)
_HEAD = "| place | rule | finding |\n|---|---|---|"


@dataclass(slots=True)
class _Comment:
    """Collects blocks as long as there is room."""

    blocks: list[str] = field(default_factory=list)
    left: int = MOST

    def add(self, block: str) -> bool:
        """Whether there was room for it."""
        if len(block) + 2 > self.left:
            return False
        self.blocks.append(block)
        self.left -= len(block) + 2
        return True


def render(report: LintReport) -> str:
    comment = _Comment()
    comment.add(_summary(report))
    comment.add(_unread(report))
    for severity in Severity:
        findings = [finding for finding in report.findings if finding.severity is severity]
        if findings:
            _section(comment, report, severity, findings)
    comment.add(_rules(report))
    comment.add(_suppressed(report))
    for note in report.notes:
        comment.add(escaped(note))
    return "\n\n".join(block for block in comment.blocks if block) + "\n"


def escaped(text: str) -> str:
    """Text that Markdown shows as it is: no mention, no HTML, no link of a bare address."""
    return _SPECIAL.sub(r"\\\1", printable(text))


def with_code(text: str) -> str:
    """The same, but what stands between backticks is shown as code, in which nothing has a meaning."""
    # GitHub's tables split at bars even in code, and take the backslash away.
    return "".join(
        "`" + part.replace("|", r"\|") + "`" if code else escaped(part)
        for part, code in spans(printable(text))
    )


def _short(text: str) -> str:
    return text if len(text) <= _SHORT else text[: _SHORT - 1] + "…"


def _summary(report: LintReport) -> str:
    mark = "❌" if report.failures else "❔" if report.unread else "✅"
    numbers = ", ".join(filter(None, (count_of(severity, report.counts) for severity in Severity)))
    files = counted(len(report.files), "file")
    beside = f"; {len(report.suppressed):,} suppressed" if report.suppressed else ""
    ruleset = printable(report.ruleset).replace("`", "")
    judged = f"{files} judged by `{ruleset}`" if ruleset.strip() else f"{files} judged"
    return f"### {mark} {numbers or 'Nothing found'}\n\n{judged}{beside}."


def _unread(report: LintReport) -> str:
    lines = [f"- **not judged** {escaped(_short(str(error)))}" for error in report.unread[:20]]
    if len(report.unread) > 20:
        lines.append(f"- … and {len(report.unread) - 20:,} more")
    return "\n".join(lines)


def _section(comment: _Comment, report: LintReport, severity: Severity, findings: list[Finding]) -> None:
    """What fails the run stands open; the others are to be unfolded."""
    title = f"{_MARKS[severity]} {count_of(severity, report.counts)}"
    fails = any(finding.severity is severity for finding in report.failures)
    opening, closing = (f"#### {title}\n\n", "") if fails else _fold(title)
    # A line that says how many are left out always has room.
    room = comment.left - len(opening) - len(_HEAD) - len(closing) - 200
    rows: list[str] = []
    for row in _rows(report, findings):
        room -= len(row) + 1
        if room < 0:
            rest = f"… {len(findings) - len(rows):,} more, for which a comment has no room"
            comment.add(f"{opening}{_HEAD}\n" + "\n".join([*rows, f"| | | {rest} |"]) + closing)
            return
        rows.append(row)
    comment.add(f"{opening}{_HEAD}\n" + "\n".join(rows) + closing)


def _fold(title: str) -> tuple[str, str]:
    return f"<details><summary>{title}</summary>\n\n", "\n\n</details>"


def _rows(report: LintReport, findings: list[Finding]) -> Iterator[str]:
    shown: Counter[tuple[str, str]] = Counter()
    for finding in findings:
        of = (finding.source, finding.code)
        shown[of] += 1
        if report.per_rule is None or shown[of] <= report.per_rule:
            yield _row(report, finding)
    for (source, code), number in shown.items():
        if report.per_rule is not None and number > report.per_rule:
            more = number - report.per_rule
            yield f"| {escaped(_short(source))} | {escaped(_short(code))} | … and {more:,} more |"


def _row(report: LintReport, finding: Finding) -> str:
    place = f"{escaped(_short(finding.source))}:{finding.range.start.line + 1}"
    rule = _linked(finding.code, report.help.get(finding.code))
    message = with_code(_short(finding.message))
    related = report.related.get(finding)
    if related is not None:
        message += f" (by the reference at {escaped(related.source)}:{related.range.start.line + 1})"
    fix = report.fixes.get(finding)
    if fix is not None:
        message += f" **Fix:** {with_code(_short(fix.title))}"
    return f"| {place} | {rule} | {message} |"


def _linked(code: str, help_: RuleHelp | None) -> str:
    name = escaped(_short(code))
    url = help_.url if help_ is not None else ""
    # A URL with a blank or a bracket would end the link early; such a one is left out.
    return f"[{name}](<{url}>)" if url and not _ODD.search(url) else name


def _rules(report: LintReport) -> str:
    """Why the rules exist that were broken most gravely."""
    gravest: dict[str, Severity] = {}
    for finding in sorted(report.findings, key=lambda finding: finding.severity):
        gravest.setdefault(finding.code, finding.severity)
    told = [report.help[code] for code in gravest if code in report.help and report.help[code].why]
    if not told:
        return ""
    opening, closing = _fold("Why these rules")
    lines = [f"- **{_linked(one.code, one)}**: {with_code(_short(one.why))}" for one in told[:_RULES]]
    return opening + "\n".join(lines) + closing


def _suppressed(report: LintReport) -> str:
    if not report.suppressed:
        return ""
    opening, closing = _fold(f"{len(report.suppressed):,} suppressed")
    lines = []
    for one in report.suppressed[:50]:
        finding = one.finding
        place = f"{escaped(_short(finding.source))}:{finding.range.start.line + 1}"
        lines.append(f"- {place} {escaped(_short(finding.code))}: {escaped(_short(one.reason))}")
    if len(report.suppressed) > 50:
        lines.append(f"- … and {len(report.suppressed) - 50:,} more")
    return opening + "\n".join(lines) + closing
