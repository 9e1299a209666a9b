"""What the contracts themselves and the files of waivers take out of a run's findings."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from pathlib import Path

from lading.files import read_bytes
from linters.lint import Finding, Ruleset
from linters.reports import Suppressed
from linters.suppression import Applied, Entry, Ignores, Waiver, apply, read_waivers
from policies.rulesets import catalogue


def waivers_in(paths: Iterable[Path]) -> tuple[Waiver, ...]:
    """All waivers of some files. Raises `ContractError` or `CouldNotTell` for a file that cannot be used."""
    return tuple(one for path in paths for one in read_waivers(read_bytes(path), path.as_posix()))


def suppress(
    findings: Sequence[Finding],
    entries: Sequence[Entry],
    rules: Ruleset,
    files: Collection[str],
    *,
    today: date,
    ignores: Ignores = "allowed",
) -> Applied:
    """The findings of a whole run: a file that two contracts share is used if either of them needs its ignores."""
    if not entries:
        return Applied(tuple(findings))
    ran = [rule.name for rule in rules.running]
    known = {*rules.rules, *catalogue()}
    return apply(findings, entries, today=today, ran=ran, known=known, files=files, ignores=ignores)


def suppression_note(one: Suppressed) -> str:
    """A line for people: what does not count, where, and why."""
    start = one.finding.range.start
    where = f"{one.finding.source}:{start.line + 1}:{start.character + 1}"
    return f"suppressed  {where}  {one.finding.code}: {one.reason}"
