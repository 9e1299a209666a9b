"""For a comment in a pull request: a summary, then a table a file."""

from __future__ import annotations

import re
from collections import Counter

from linters.lint import Finding, Severity
from linters.reports.excerpts import printable
from linters.reports.report import LintReport
from linters.reports.wording import count_of, counted, spans

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+!|~&@])")
_MARKS = {Severity.ERROR: "❌", Severity.WARN: "⚠️", Severity.INFO: "ℹ️", Severity.HINT: "💡"}


def render(report: LintReport) -> str:
    blocks = [_summary(report)]
    if report.unread:
        blocks.append("\n".join(f"- **not judged** {escaped(str(error))}" for error in report.unread))
    blocks += [_table(report, source, findings) for source, findings in report.by_file()]
    return "\n\n".join(blocks) + "\n"


def escaped(text: str) -> str:
    """Text that Markdown shows as it is, mentions and HTML included."""
    return _SPECIAL.sub(r"\\\1", printable(text))


def with_code(text: str) -> str:
    """The same, but what stands between backticks is shown as code, in which nothing has a meaning."""
    # GitHub's tables split at bars even in code, and take the backslash away.
    return "".join(
        "`" + part.replace("|", r"\|") + "`" if code else escaped(part)
        for part, code in spans(printable(text))
    )


def _summary(report: LintReport) -> str:
    mark = "❌" if report.failures else "❔" if report.unread else "✅"
    numbers = ", ".join(filter(None, (count_of(severity, report.counts) for severity in Severity)))
    files = counted(len(report.files), "file")
    return (
        f"### {mark} {numbers or 'Nothing found'}\n\n{files} judged by `{report.ruleset.replace('`', '')}`."
    )


def _table(report: LintReport, source: str, findings: list[Finding]) -> str:
    lines = [f"#### {escaped(source)}", "", "| | line | rule | finding |", "|---|---:|---|---|"]
    shown: Counter[str] = Counter()
    for finding in findings:
        shown[finding.code] += 1
        if report.per_rule is None or shown[finding.code] <= report.per_rule:
            lines.append(_row(report, finding))
    for code, number in shown.items():
        if report.per_rule is not None and number > report.per_rule:
            lines.append(f"| | | {escaped(code)} | … and {number - report.per_rule:,} more |")
    return "\n".join(lines)


def _row(report: LintReport, finding: Finding) -> str:
    url = report.help[finding.code].url if finding.code in report.help else ""
    name = escaped(finding.code)
    # A URL with a blank or a bracket would end the link early; such a one is left out.
    rule = f"[{name}](<{url}>)" if url and not re.search(r"[\s<>|\\]", url) else name
    line = finding.range.start.line + 1
    return f"| {_MARKS[finding.severity]} | {line} | {rule} | {with_code(finding.message)} |"
