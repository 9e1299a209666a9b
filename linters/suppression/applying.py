"""Applies entries to findings: what still counts, what is suppressed, and what is to say of the entries."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Literal, TypeAlias, get_args

from contracts.pointers import Path
from linters.lint import Finding, Severity
from linters.lint.findings import in_order
from linters.reports.attachments import Suppressed
from linters.reports.fingerprints import fingerprinted

from .entries import Entry, Ignore, Waiver

Ignores: TypeAlias = Literal["allowed", "errors-excepted", "none"]
"""Which findings a contract may ignore by itself: all, all but errors, or none."""
IGNORES: tuple[Ignores, ...] = get_args(Ignores)
ENGINE = frozenset({"parser", "invalid-ref", "unrecognized-format"})
"""Codes that no ruleset holds, and that every run may find."""


_OWN = re.compile(r"(ignore|waiver)-(malformed|unknown-rule|expired|unused)")
"""What is said of entries: no entry can silence that."""


def is_about_an_entry(code: str) -> bool:
    """Whether a finding of this code is about an ignore or a waiver itself."""
    return _OWN.fullmatch(code) is not None


@dataclass(frozen=True, slots=True)
class Applied:
    """`findings` are those that count, with those about the entries among them, in order."""

    findings: tuple[Finding, ...]
    suppressed: tuple[Suppressed, ...] = ()


def apply(
    findings: Sequence[Finding],
    entries: Sequence[Entry],
    *,
    today: date,
    ran: Collection[str],
    known: Collection[str],
    files: Collection[str],
    ignores: Ignores = "allowed",
) -> Applied:
    """`ran` are the codes of the rules that were asked, `known` those of all rules there are.

    `files` are those that were judged. An entry for a rule that was not asked, or for a file that was not
    judged, is neither used nor unused. A recorded waiver that has ended is told where it is missed alone. Of several entries that cover a finding
    the one that is written deepest speaks for it; all of them count as used.
    """
    ran = {*ran, *ENGINE}
    known = {*known, *ran}
    covering = _Covering(one for one in entries if not one.is_expired(today))
    ended = _Covering(one for one in entries if one.is_expired(today))
    used: set[int] = set()
    missed: set[int] = set()
    kept: list[Finding] = []
    suppressed: list[Suppressed] = []
    for finding, mark in fingerprinted(findings):
        covered = [] if is_about_an_entry(finding.code) else covering.of(finding, mark)
        used.update(map(id, covered))
        speaking = [one for one in covered if _may(one, finding, ignores)]
        if speaking:
            entry = max(speaking, key=lambda one: len(one.path))
            suppressed.append(Suppressed(finding, entry.said, entry.kind, entry.source))
        else:
            kept.append(finding)
            missed.update(map(id, ended.of(finding, mark)))
    silent = {id(one) for one in entries if _is_recorded(one) and one.is_expired(today)} - missed
    asked = {id(one) for one in entries if any(map(one.names, ran)) and any(map(one.may_cover, files))}
    speaking_up = (one for one in entries if id(one) not in silent)
    told = (about for one in speaking_up for about in _about(one, asked - used, today, known))
    return Applied(in_order([*kept, *told]), tuple(suppressed))


class _Covering:
    """Entries by where they count, so that ten thousand of them cost a finding no more than the way to its node."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.ignores: dict[tuple[str, Path], list[Ignore]] = {}
        self.by_rule: dict[str, list[Entry]] = {}
        self.by_area: list[Entry] = []
        for one in entries:
            if isinstance(one, Ignore):
                self.ignores.setdefault((one.source, one.node), []).append(one)
            elif one.rule.endswith("*"):
                self.by_area.append(one)
            else:
                self.by_rule.setdefault(one.rule, []).append(one)

    def of(self, finding: Finding, mark: str) -> list[Entry]:
        found: list[Entry] = []
        if self.ignores:
            for depth in range(len(finding.path) + 1):
                here = self.ignores.get((finding.source, finding.path[:depth]), ())
                found.extend(one for one in here if one.names(finding.code))
        waivers = chain(self.by_rule.get(finding.code, ()), self.by_area)
        found.extend(one for one in waivers if one.names(finding.code) and one.covers(finding, mark))
        return found


def _is_recorded(entry: Entry) -> bool:
    return isinstance(entry, Waiver) and entry.recorded


def _may(entry: Entry, finding: Finding, ignores: Ignores) -> bool:
    if entry.kind == "external" or ignores == "allowed":
        return True
    return ignores == "errors-excepted" and finding.severity > Severity.ERROR


def _about(entry: Entry, unused: Collection[int], today: date, known: Collection[str]) -> Iterator[Finding]:
    word = entry.word
    if not entry.names_any(known):
        yield _finding(entry, "unknown-rule", f"This {word} names `{entry.rule}`, and there is no such rule.")
    elif entry.is_expired(today):
        message = f"This {word} of `{entry.rule}` ended on {entry.until}. Mend what it covered, or ask again."
        yield _finding(entry, "expired", message)
    elif id(entry) in unused:
        message = f"This {word} of `{entry.rule}` covers nothing any more. {_out(entry)}"
        yield _finding(entry, "unused", message)


def _finding(entry: Entry, what: str, message: str) -> Finding:
    code = f"{entry.word}-{what}"
    severity = Severity.INFO if _is_recorded(entry) else Severity.WARN
    return Finding(code, message, entry.path, severity, entry.range, entry.source)


def _out(entry: Entry) -> str:
    return "Withdraw it." if _is_recorded(entry) else "Take it out."
