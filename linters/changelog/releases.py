"""The versions of a contract as releases, each with what changed since the one before, grouped by operation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from contracts.errors import ContractError
from contracts.model import EventApi, HttpApi
from linters.diff import BACKWARD, Change, Comparison, CompatPolicy, compare
from linters.diff.verdicts import ORDER

WHOLE = "The contract as a whole"
"""What changes are grouped under that belong to no operation or channel."""


@dataclass(frozen=True, slots=True)
class Version:
    """A version to tell of. `api` is None where it could not be read, and `problem` says why.

    `note` is what else people should know of it (`deprecated, ends on 2027-03-31`).
    """

    name: str
    day: date | None = None
    api: HttpApi | EventApi | None = None
    problem: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """The changes of one operation or channel, the gravest first."""

    name: str
    changes: tuple[Change, ...]

    @property
    def gravity(self) -> int:
        return ORDER[self.changes[0].verdict]


@dataclass(frozen=True, slots=True)
class Release:
    """A version, the one that it follows, and what changed between them.

    `comparison` is None for the first version, and where there is a `problem`: then nothing is known.
    """

    name: str
    day: date | None
    previous: str
    comparison: Comparison | None
    problem: str = ""
    note: str = ""

    @property
    def groups(self) -> tuple[Group, ...]:
        """By operation: those in which something breaks first, then by name."""
        found: dict[str, list[Change]] = {}
        for change in () if self.comparison is None else self.comparison.changes:
            found.setdefault(change.operation or WHOLE, []).append(change)
        groups = (
            Group(name, tuple(sorted(changes, key=lambda one: ORDER[one.verdict])))
            for name, changes in found.items()
        )
        return tuple(sorted(groups, key=lambda group: (group.gravity, group.name != WHOLE, group.name)))

    def as_dict(self) -> dict[str, Any]:
        return {
            "version": self.name,
            "date": None if self.day is None else self.day.isoformat(),
            "previous": self.previous or None,
            "verdict": None if self.comparison is None else self.comparison.verdict,
            "counts": None if self.comparison is None else self.comparison.counts,
            "problem": self.problem or None,
            "note": self.note or None,
            "groups": [
                {"name": group.name, "changes": [change.as_dict() for change in group.changes]}
                for group in self.groups
            ],
        }


@dataclass(frozen=True, slots=True)
class Changelog:
    """Releases, the newest first. `cut` says that there are older ones, which are not told of."""

    title: str
    releases: tuple[Release, ...]
    policy: str
    cut: bool = False

    def as_dict(self) -> dict[str, Any]:
        return {
            "title": self.title,
            "policy": self.policy,
            "cut": self.cut,
            "releases": [release.as_dict() for release in self.releases],
        }


def changelog(
    title: str, versions: Iterable[Version], *, policy: CompatPolicy = BACKWARD, cut: bool = False
) -> Changelog:
    """The changelog of versions that are given oldest first.

    A version that could not be read is told as such, and the next one is compared with the last that could.
    """
    releases: list[Release] = []
    before: Version | None = None
    for one in versions:
        releases.append(_release(before, one, policy))
        if one.api is not None:
            before = one
    return Changelog(title, tuple(reversed(releases)), policy.name, cut)


def _release(before: Version | None, one: Version, policy: CompatPolicy) -> Release:
    previous = "" if before is None else before.name
    if one.api is None or before is None or before.api is None:
        return Release(one.name, one.day, previous, None, one.problem, one.note)
    try:
        comparison = compare(before.api, one.api, policy=policy)
    except ContractError as error:
        return Release(one.name, one.day, previous, None, error.message, one.note)
    return Release(one.name, one.day, previous, comparison, "", one.note)
