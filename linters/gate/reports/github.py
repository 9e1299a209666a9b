"""For GitHub Actions: what keeps contracts from being published, as annotations beside the changed lines."""

from __future__ import annotations

from collections.abc import Iterator

from linters.diff import Change
from linters.gate.run import Judged, Run
from linters.reports.workflow import annotation, command

MOST = 10
"""Annotations of one kind that GitHub shows for a step."""
_LEVELS = {"breaking": "error", "unknown": "warning"}


def render(run: Run) -> str:
    """A workflow command for each check that did not pass, each change that is not safe, and each finding."""
    checks = [line for judged in run.in_order for line in _checks(judged)]
    lines = _bounded(checks, "checks")
    changes = [(judged, change) for judged in run.in_order for change in _grave(judged)]
    changes.sort(key=lambda pair: list(_LEVELS).index(pair[1].verdict))
    lines += _bounded([_change(*pair) for pair in changes], "changes")
    findings = sorted(
        (finding for judged in run.in_order for finding in judged.result.findings),
        key=lambda finding: finding.severity,
    )
    lines += _bounded([annotation(finding) for finding in findings], "findings")
    lines += [command("notice", {"title": "Lading"}, note) for note in run.notes[:MOST]]
    return "".join(line + "\n" for line in lines)


def _checks(judged: Judged) -> Iterator[str]:
    for check in judged.result.checks:
        if check.required and check.outcome != "pass":
            where = {"file": judged.source, "title": f"{judged.name} gate: {check.name}".strip()}
            yield command("error", where, check.reason)


def _grave(judged: Judged) -> list[Change]:
    """The changes that are not safe, and that nobody approved."""
    comparison = judged.result.comparison
    approved = {one.fingerprint for one in judged.result.approved}
    changes = () if comparison is None else comparison.changes
    return [one for one in changes if one.verdict in _LEVELS and one.fingerprint not in approved]


def _change(judged: Judged, change: Change) -> str:
    # A line of the base would mark another line in the file that people look at.
    where = {"file": judged.source or (change.base.source if change.base else "")}
    if change.revision is not None:
        where = {"file": change.revision.source, "line": str(change.revision.line)}
    words = " ".join(part for part in (change.operation, change.message) if part)
    return command(_LEVELS[change.verdict], {**where, "title": change.id}, words)


def _bounded(lines: list[str], what: str) -> list[str]:
    if len(lines) <= MOST:
        return lines
    text = f"{len(lines) - MOST:,} more {what} are in `lading gate --format markdown`."
    return [*lines[:MOST], command("notice", {"title": "Lading"}, text)]
