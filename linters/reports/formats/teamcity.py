"""For TeamCity: service messages that become inspections of the build."""

from __future__ import annotations

from collections.abc import Iterator

from contracts.errors import ContractError
from linters.lint import Finding, Severity
from linters.reports.help import RuleHelp
from linters.reports.report import LintReport

_SEVERITIES = {
    Severity.ERROR: "ERROR",
    Severity.WARN: "WARNING",
    Severity.INFO: "WEAK WARNING",
    Severity.HINT: "INFO",
}
_ESCAPES = {"|": "||", "'": "|'", "[": "|[", "]": "|]", "\n": "|n", "\r": "|r"}


def render(report: LintReport) -> str:
    return "".join(line + "\n" for line in _lines(report))


def _lines(report: LintReport) -> Iterator[str]:
    codes = dict.fromkeys([*(f.code for f in report.findings), *(error.code for error in report.unread)])
    for code in codes:
        yield _type(code, report.help.get(code, RuleHelp(code)))
    yield from map(_finding, report.findings)
    yield from map(_unread, report.unread)


def _type(code: str, help_: RuleHelp) -> str:
    """An inspection is of a type, which is described before it occurs; all of these texts are obligatory."""
    what = help_.description or code
    return _message(
        "inspectionType", id=code, name=code, category=help_.area or "Contracts", description=what
    )


def _finding(finding: Finding) -> str:
    return _message(
        "inspection",
        typeId=finding.code,
        message=finding.message or finding.code,
        file=finding.source or "stdin",
        line=str(finding.range.start.line + 1),
        SEVERITY=_SEVERITIES[finding.severity],
    )


def _unread(error: ContractError) -> str:
    return _message(
        "inspection",
        typeId=error.code,
        message=f"{error.message} {error.advice}".strip(),
        file=error.source or "stdin",
        line=str(error.line or 1),
        SEVERITY="ERROR",
    )


def _message(kind: str, **attributes: str) -> str:
    written = " ".join(f"{key}='{_escaped(value)}'" for key, value in attributes.items())
    return f"##teamcity[{kind} {written}]"


def _escaped(text: str) -> str:
    """The escapes of service messages; whatever is not plain ASCII is written by its UTF-16 code units."""
    return "".join(_ESCAPES.get(one) or (one if " " <= one <= "~" else _units(one)) for one in text)


def _units(character: str) -> str:
    """TeamCity reads four hexadecimal digits, so that a character beyond them is a pair of surrogates."""
    code = ord(character)
    if code <= 0xFFFF:
        return f"|0x{code:04X}"
    code -= 0x10000
    return f"|0x{0xD800 + (code >> 10):04X}|0x{0xDC00 + (code & 0x3FF):04X}"
