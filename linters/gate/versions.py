"""Version numbers, the bump that a change asks for, and the number to use next (SemVer 2.0.0)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

from linters.diff import Change, Comparison

_NUMBER = re.compile(
    r"[vV]?([0-9]{1,20})(?:\.([0-9]{1,20}))?(?:\.([0-9]{1,20}))?(?:-([0-9A-Za-z.-]{1,200}))?(?:\+[0-9A-Za-z.-]+)?"
)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?:[.-].*)?")
_TEXTUAL = re.compile(
    r"(operation-id|api-tag|default-value|discriminator|annotation-only|content-|response-link|security-component|renamed"
    r"|bindings|not-understood|server)"
)
"""Ids of changes that promise nothing new: what they touch is description."""


class Bump(IntEnum):
    """How far a version number moves."""

    NONE = 0
    PATCH = 1
    MINOR = 2
    MAJOR = 3

    def __str__(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Number:
    """A SemVer number; places that were not written are 0, and `written` keeps how it was written."""

    major: int
    minor: int
    patch: int
    released: bool = True
    pre: str = ""
    written: str = ""

    @classmethod
    def read(cls, text: str) -> Number | None:
        """`1.2.3`, `v1.2` or `2`; None for dates and everything else."""
        if _DATE.fullmatch(text.strip()):
            return None
        match = _NUMBER.fullmatch(text.strip())
        if match is None:
            return None
        major, minor, patch, pre = match.groups()
        return cls(int(major), int(minor or 0), int(patch or 0), pre is None, pre or "", text.strip())

    @property
    def precedence(self) -> tuple[object, ...]:
        """What numbers are ordered by (SemVer 2.0.0, section 11): `rc.9` before `rc.10` before the release."""
        parts = ((not one.isdecimal(), int(one) if one.isdecimal() else one) for one in self.pre.split("."))
        return self.major, self.minor, self.patch, self.released, tuple(parts)

    def to(self, bump: Bump) -> str:
        """The number that lies one bump further, with a `v` where this one has it.

        Before 1.0.0 minor stands for major.
        """
        if bump is Bump.MAJOR and self.major == 0:
            bump = Bump.MINOR
        if bump is Bump.NONE:
            return self.written
        if not self.released and bump is Bump.PATCH:
            parts = (self.major, self.minor, self.patch)
        else:
            parts = {
                Bump.MAJOR: (self.major + 1, 0, 0),
                Bump.MINOR: (self.major, self.minor + 1, 0),
                Bump.PATCH: (self.major, self.minor, self.patch + 1),
            }[bump]
        prefix = self.written[:1] if self.written[:1] in "vV" else ""
        return f"{prefix}{'.'.join(map(str, parts))}"

    def bump_to(self, other: Number) -> Bump:
        """How far it is to a later number; NONE where it is not later."""
        if other.precedence <= self.precedence:
            return Bump.NONE
        if other.major != self.major:
            return Bump.MAJOR
        if other.minor != self.minor:
            return Bump.MAJOR if self.major == 0 else Bump.MINOR
        return Bump.PATCH


def bump_of(comparison: Comparison) -> Bump:
    """The bump that a comparison asks for: breaking asks for major, additions for minor, texts for patch."""
    return max((_of(change) for change in comparison.changes), default=Bump.PATCH)


def _of(change: Change) -> Bump:
    if change.verdict in ("breaking", "unknown"):
        return Bump.MAJOR
    return Bump.PATCH if _TEXTUAL.search(change.id) else Bump.MINOR


def suggest(base: str, bump: Bump, taken: tuple[str, ...] = ()) -> str | None:
    """The version to use next; None where the base is not written in numbers."""
    number = Number.read(base)
    if number is None:
        return None
    suggested = number.to(bump)
    while suggested in taken:
        following = Number.read(suggested)
        if following is None:
            return None
        suggested = following.to(Bump.PATCH)
    return suggested


def misstep(base: str, revision: str, needed: Bump) -> str | None:
    """The stable id of what is wrong with a step between two version numbers; None where nothing is.

    Also None where a number cannot be read, of which nothing can be said.
    """
    if base and base == revision:
        return "api-version-not-bumped"
    old, new = Number.read(base), Number.read(revision)
    if old is None or new is None:
        return None
    if new.precedence < old.precedence:
        return "api-version-decreased"
    return "api-major-version-not-bumped" if old.bump_to(new) < needed == Bump.MAJOR else None


def is_date(text: str) -> bool:
    return _DATE.fullmatch(text.strip()) is not None
