"""Workflow commands of GitHub Actions, which become annotations beside the changed lines."""

from __future__ import annotations

import re

from linters.lint import Finding, Severity

COMMANDS = {
    Severity.ERROR: "error",
    Severity.WARN: "warning",
    Severity.INFO: "notice",
    Severity.HINT: "notice",
}
_CONTROL = re.compile(r"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def annotation(finding: Finding) -> str:
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
    return command(COMMANDS[finding.severity], properties, finding.message)


def command(name: str, properties: dict[str, str], message: str) -> str:
    written = ",".join(f"{key}={_property(value)}" for key, value in properties.items() if value)
    return f"::{name} {written}::{_data(message)}"


def _data(text: str) -> str:
    """Text of a command. Controls and other line ends than CR and LF are made blanks: log viewers act on them."""
    return _CONTROL.sub(" ", text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
