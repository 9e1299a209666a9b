"""For GitHub Actions: workflow commands that become annotations in a pull request."""

from __future__ import annotations

from contracts.errors import ContractError
from linters.lint import Finding, Severity
from linters.reports.report import LintReport

_COMMANDS = {
    Severity.ERROR: "error",
    Severity.WARN: "warning",
    Severity.INFO: "notice",
    Severity.HINT: "notice",
}


def render(report: LintReport) -> str:
    lines = [_finding(finding) for finding in report.findings]
    lines += [_unread(error) for error in report.unread]
    return "".join(line + "\n" for line in lines)


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
    """Text of a command. Other line ends than CR and LF are made blanks: log viewers break lines at them."""
    for separator in ("\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029"):
        text = text.replace(separator, " ")
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
