"""For GitHub Actions: workflow commands that become annotations in a pull request.

GitHub shows ten annotations of each kind for a step and drops the others without a word; so the gravest come
first, and a last notice says how many are left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from contracts.errors import ContractError
from linters.lint import Severity
from linters.reports.report import LintReport
from linters.reports.wording import count_of, counted
from linters.reports.workflow import COMMANDS, annotation, command

ALIASES = ("github-actions",)

MOST = 10
"""Annotations of one kind that GitHub shows for a step."""


def render(report: LintReport) -> str:
    return "".join(line + "\n" for line in _lines(report))


def _lines(report: LintReport) -> Iterator[str]:
    shown: Counter[str] = Counter()
    for error in report.unread[: MOST if report.per_rule is not None else None]:
        shown["error"] += 1
        yield _unread(error)
    findings = sorted(report.findings, key=lambda finding: finding.severity)
    left_out: Counter[Severity] = Counter()
    for finding in findings:
        kind = COMMANDS[finding.severity]
        # One notice is kept for saying what is left out.
        if report.per_rule is None or shown[kind] < MOST - (kind == "notice"):
            shown[kind] += 1
            yield annotation(finding)
        else:
            left_out[finding.severity] += 1
    unread = len(report.unread) - min(len(report.unread), shown["error"])
    if left_out or unread:
        yield _note(left_out, unread)


def _note(left_out: Counter[Severity], unread: int) -> str:
    numbers = [number for severity in Severity if (number := count_of(severity, left_out))]
    numbers += [f"{counted(unread, 'file')} not judged"] if unread else []
    text = f"Not annotated: {', '.join(numbers)}. The whole is in `lading lint --format sarif`, or here with --all."
    return command("notice", {"title": "Lading"}, text)


def _unread(error: ContractError) -> str:
    properties = {"file": error.source, "title": error.code}
    if error.line is not None:
        properties["line"] = str(error.line)
    return command("error", properties, f"{error.message} {error.advice}".strip())
