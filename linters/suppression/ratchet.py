"""The ratchet: of each rule there may be as many findings as there were, and no more.

Errors and warnings are held to it. Advice (info, hint) is told and grows with a contract.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from contracts.pointers import to_pointer
from linters.lint import Finding, Severity

from .applying import is_about_an_entry

HELD = Severity.WARN
_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Allowed:
    """How many findings of a rule there may be, and the marks of those that are known, where they were kept."""

    count: int
    marks: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Exceeded:
    """A rule with more findings than allowed. `new` are those that were not known; all, where none were kept."""

    rule: str
    allowed: int
    found: int
    new: tuple[Finding, ...]


NONE = Allowed(0)


def marked(findings: Iterable[Finding]) -> dict[str, dict[str, Finding]]:
    """The findings that are held, by rule and by mark: the same in the next run, in whatever file and line."""
    seen: Counter[str] = Counter()
    by_rule: dict[str, dict[str, Finding]] = {}
    for finding in findings:
        if finding.severity > HELD or is_about_an_entry(finding.code):
            continue
        key = "\0".join((finding.code, to_pointer(finding.path), finding.message))
        seen[key] += 1
        text = f"{key}\0{seen[key]}".encode("utf-8", "surrogatepass")
        by_rule.setdefault(finding.code, {})[hashlib.sha256(text).hexdigest()[:_DIGITS]] = finding
    return by_rule


def allowing(findings: Iterable[Finding]) -> dict[str, Allowed]:
    """What is allowed where these findings were."""
    return {rule: Allowed(_count(marks), frozenset(marks)) for rule, marks in marked(findings).items()}


def exceeded(findings: Iterable[Finding], allowed: Mapping[str, Allowed]) -> tuple[Exceeded, ...]:
    """The rules that have more findings than allowed, by name."""
    found = []
    for rule, marks in sorted(marked(findings).items()):
        limit = allowed.get(rule, NONE)
        number = _count(marks)
        if number > limit.count:
            known = limit.marks if len(limit.marks) == limit.count else frozenset()
            new = tuple(finding for mark, finding in marks.items() if mark not in known)
            found.append(Exceeded(rule, limit.count, number, new))
    return tuple(found)


def loose(findings: Iterable[Finding], allowed: Mapping[str, Allowed]) -> dict[str, tuple[int, int]]:
    """Rules of which there are fewer findings than allowed: how many may be, and how many there are."""
    marks = marked(findings)
    numbers = {rule: (limit.count, _count(marks.get(rule, {}))) for rule, limit in sorted(allowed.items())}
    return {rule: both for rule, both in numbers.items() if both[1] < both[0]}


def _count(marks: Mapping[str, Finding]) -> int:
    """What is told once of all operations counts for each: mending one of ten leaves nine, not nine for one."""
    return sum(finding.stands_for for finding in marks.values())
