"""The ratchet of a run: a file says how much of each rule there may be, and it only ever shrinks."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from lading.files import read_bytes
from lading.outcome import CouldNotTell
from lading.output import write
from linters.lint import Finding
from linters.reports import Suppressed
from linters.suppression import Baseline, Exceeded, by_file, exceeded, loose, read_baseline, taken
from linters.suppression.ratchet import marked

_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Held:
    """`findings` are those that count. `exceeded` are rules that have more findings than they may, by file."""

    findings: tuple[Finding, ...]
    suppressed: tuple[Suppressed, ...] = ()
    exceeded: tuple[tuple[str, Exceeded], ...] = ()
    notes: tuple[str, ...] = ()


def hold(
    path: Path, findings: Sequence[Finding], files: Collection[str], ruleset: str, *, update: bool
) -> Held:
    """The findings of a run, held to the baseline in a file, which `update` writes or lowers.

    Files that the baseline does not name are not held: what is new keeps to the rules. Raises `ContractError`
    or `CouldNotTell` where nobody knows what is allowed.
    """
    if path.exists():
        baseline = read_baseline(read_bytes(path), path.as_posix())
        if baseline.ruleset != ruleset:
            raise CouldNotTell(
                f"{path} holds to the ruleset {baseline.ruleset}, and this run judges by {ruleset}.",
                "Judge by the same one, or write another baseline.",
            )
    elif update:
        baseline = taken(findings, files, ruleset)
    else:
        raise CouldNotTell(f"there is no baseline {path}.", "`--update-ratchet` writes the first one.")
    held = _held(baseline, findings, files)
    if not update:
        return Held(
            held.findings, held.suppressed, held.exceeded, (*held.notes, *_looser(baseline, findings, files))
        )
    write(baseline.lowered(findings, files).written(), path)
    return held


def _held(baseline: Baseline, findings: Sequence[Finding], files: Collection[str]) -> Held:
    grouped = by_file(findings)
    worse: list[tuple[str, Exceeded]] = []
    suppressed: dict[Finding, Suppressed] = {}
    for name in files:
        limits = baseline.files.get(name)
        if limits is None:
            continue
        here = grouped.get(name, [])
        beyond = exceeded(here, limits)
        worse.extend((name, one) for one in beyond)
        new = {finding for one in beyond for finding in one.new}
        for rule, marks in marked(here).items():
            for finding in marks.values():
                if finding not in new:
                    reason = f"Was there before: the ratchet lets {limits[rule].count} of it pass here."
                    suppressed[finding] = Suppressed(finding, reason)
    return Held(
        tuple(finding for finding in findings if finding not in suppressed),
        tuple(suppressed.values()),
        tuple(worse),
        tuple(_told(name, one) for name, one in worse),
    )


def _told(name: str, one: Exceeded) -> str:
    lines = sorted(finding.range.start.line + 1 for finding in one.new)
    shown = ", ".join(map(str, lines[:_SHOWN])) + (", …" if len(lines) > _SHOWN else "")
    what = "new" if len(one.new) < one.found or not one.allowed else "one of them is new"
    return f"ratchet  {name}: {one.rule} {one.found} times, {one.allowed} may be; {what}: line {shown}"


def _looser(baseline: Baseline, findings: Sequence[Finding], files: Collection[str]) -> tuple[str, ...]:
    grouped = by_file(findings)
    fewer = sum(
        before - now
        for name in files
        for before, now in loose(grouped.get(name, []), baseline.files.get(name, {})).values()
    )
    if not fewer:
        return ()
    noun = "finding" if fewer == 1 else "findings"
    return (f"ratchet  {fewer} {noun} fewer than may be. Lower it: the same command with --update-ratchet.",)
