"""For GitHub Actions: workflow commands that become annotations in a pull request.

GitHub shows ten annotations of each kind for a step and drops the others without a word; so the gravest come
first, and a last notice says how many are left out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from contracts.errors import ContractError
from linters.lint import Finding, Severity
from linters.reports.report import LintReport
from linters.reports.wording import count_of, counted

_COMMANDS = {
    Severity.ERROR: "error",
    Severity.WARN: "warning",
    Severity.INFO: "notice",
    Severity.HINT: "notice",
}


ALIASES = ("github-actions",)

MOST = 10
"""Annotations of one kind that GitHub shows for a step."""

_CONTROL = re.compile(r"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


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
        command = _COMMANDS[finding.severity]
        # One notice is kept for saying what is left out.
        if report.per_rule is None or shown[command] < MOST - (command == "notice"):
            shown[command] += 1
            yield _finding(finding)
        else:
            left_out[finding.severity] += 1
    unread = len(report.unread) - min(len(report.unread), shown["error"])
    if left_out or unread:
        yield _note(left_out, unread)


def _note(left_out: Counter[Severity], unread: int) -> str:
    numbers = [number for severity in Severity if (number := count_of(severity, left_out))]
    numbers += [f"{counted(unread, 'file')} not judged"] if unread else []
    text = f"Not annotated: {', '.join(numbers)}. The whole is in `lading lint --format sarif`, or here with --all."
    return _command("notice", {"title": "Lading"}, text)


def _finding(finding: Finding) -> str:
    start, end = finding.range.start, finding.range.end
    properties = {
        "file": finding.source,
        "line": str(start.line + 1),
        "endLine": str(max(start.line, end.line) + 1),
        "col": str(start.character + 1),
        "title": finding.code,
    }
    if end.line == start.line:  # GitHub refuses columns on ranges of several lines
        properties["endColumn"] = str(max(start.character, end.character) + 1)
    else:
        del properties["col"]
    return _command(_COMMANDS[finding.severity], properties, finding.message)


def _unread(error: ContractError) -> str:
    properties = {"file": error.source, "title": error.code}
    if error.line is not None:
        properties["line"] = str(error.line)
    return _command("error", properties, f"{error.message} {error.advice}".strip())


def _command(name: str, properties: dict[str, str], message: str) -> str:
    written = ",".join(f"{key}={_property(value)}" for key, value in properties.items() if value)
    return f"::{name} {written}::{_data(message)}"


def _data(text: str) -> str:
    """Text of a command. Controls and other line ends than CR and LF are made blanks: log viewers act on them."""
    return _CONTROL.sub(" ", text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
