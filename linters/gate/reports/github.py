"""For GitHub Actions: what keeps a version from being published, as annotations beside the changed lines."""

from __future__ import annotations

from collections.abc import Iterator

from linters.diff import Change
from linters.gate.result import GateResult
from linters.reports.workflow import annotation, command

MOST = 10
"""Annotations of one kind that GitHub shows for a step."""
_LEVELS = {"breaking": "error", "unknown": "warning"}


def render(result: GateResult, title: str = "") -> str:
    """A workflow command for each check that did not pass, each change that is not safe, and each finding."""
    lines = [
        command("error", {"title": f"{title} gate: {check.name}".strip()}, check.reason)
        for check in result.checks
        if check.required and check.outcome != "pass"
    ]
    lines += _bounded(list(_changes(result)), "changes")
    findings = sorted(result.findings, key=lambda finding: finding.severity)
    lines += _bounded([annotation(finding) for finding in findings], "findings")
    return "".join(line + "\n" for line in lines)


def _changes(result: GateResult) -> Iterator[str]:
    if result.comparison is None:
        return
    grave = [change for change in result.comparison.changes if change.verdict in _LEVELS]
    for change in sorted(grave, key=lambda change: list(_LEVELS).index(change.verdict)):
        yield _change(change)


def _change(change: Change) -> str:
    place = change.revision or change.base
    where = {"file": place.source, "line": str(place.line)} if place is not None else {}
    words = " ".join(part for part in (change.operation, change.message) if part)
    return command(_LEVELS[change.verdict], {**where, "title": change.id}, words)


def _bounded(lines: list[str], what: str) -> list[str]:
    if len(lines) <= MOST:
        return lines
    text = f"{len(lines) - MOST:,} more {what} are in `lading gate --format markdown`."
    return [*lines[:MOST], command("notice", {"title": "Lading"}, text)]
