"""Version numbers, the bump that a change asks for, and the number to use next (SemVer 2.0.0)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from linters.diff import Change, Comparison

from .calendars import Calendar

_NUMBER = re.compile(
    r"[vV]?([0-9]{1,20})(?:\.([0-9]{1,20}))?(?:\.([0-9]{1,20}))?(?:-([0-9A-Za-z.-]{1,200}))?(?:\+[0-9A-Za-z.-]+)?"
)
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

    @property
    def change(self) -> str:
        """The class of change that asks for it."""
        return {0: "no change", 1: "a patch", 2: "additive", 3: "breaking"}[self]


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
        if Calendar.read(text) is not None:
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

    @property
    def core(self) -> tuple[int, int, int]:
        return self.major, self.minor, self.patch

    @property
    def level(self) -> Bump:
        """What a version with these three numbers may bring, set against the last one before it."""
        if self.major == 0:
            return Bump.MAJOR if self.patch == 0 else Bump.MINOR
        if self.patch:
            return Bump.PATCH
        return Bump.MINOR if self.minor else Bump.MAJOR

    def to(self, bump: Bump) -> str:
        """The number that lies one bump further, with a `v` where this one has it.

        Before 1.0.0 minor stands for major, and patch for the two others. After a pre-release comes the next.
        """
        if bump is Bump.NONE:
            return self.written
        if not self.released:
            return self._next_pre_release()
        if self.major == 0:
            bump = Bump.MINOR if bump is Bump.MAJOR else Bump.PATCH
        parts = {
            Bump.MAJOR: (self.major + 1, 0, 0),
            Bump.MINOR: (self.major, self.minor + 1, 0),
            Bump.PATCH: (self.major, self.minor, self.patch + 1),
        }[bump]
        prefix = self.written[:1] if self.written[:1] in "vV" else ""
        return f"{prefix}{'.'.join(map(str, parts))}"

    def _next_pre_release(self) -> str:
        whole = self.written.partition("+")[0]
        head, _, last = whole.rpartition(".")
        if "-" in head and last.isdecimal():
            return f"{head}.{int(last) + 1}"
        return f"{whole}.1"

    def bump_to(self, other: Number) -> Bump:
        """How far it is to a later number; NONE where it is not later."""
        if other.precedence <= self.precedence:
            return Bump.NONE
        if other.major != self.major:
            return Bump.MAJOR
        if other.minor != self.minor:
            return Bump.MAJOR if self.major == 0 else Bump.MINOR
        return Bump.PATCH

    def room_to(self, other: Number) -> Bump:
        """The gravest change that the step to a later number may bring; NONE where it is not later.

        Before 1.0.0 additions come in a patch. Pre-releases of one version may differ in anything (SemVer
        2.0.0, section 9), and its release may bring what a version of that number may.
        """
        bump = self.bump_to(other)
        if bump is Bump.NONE:
            return bump
        if not self.released and self.core == other.core:
            return Bump.MAJOR if not other.released else other.level
        return Bump.MINOR if bump is Bump.PATCH and self.major == 0 else bump


def bump_of(comparison: Comparison) -> Bump:
    """The bump that a comparison asks for: breaking asks for major, additions for minor, texts for patch."""
    return max((_of(change) for change in comparison.changes), default=Bump.PATCH)


def _of(change: Change) -> Bump:
    if change.verdict in ("breaking", "unknown"):
        return Bump.MAJOR
    return Bump.PATCH if _TEXTUAL.search(change.id) else Bump.MINOR


def suggest(base: str, bump: Bump, taken: tuple[str, ...] = (), today: date | None = None) -> str | None:
    """The version to use next; None where the base is neither number nor date, or nobody knows what day it is."""
    calendar = Calendar.read(base)
    if calendar is not None:
        return _next_date(calendar, taken, today)
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


def _next_date(base: Calendar, taken: tuple[str, ...], today: date | None) -> str | None:
    if today is None:
        return None
    suggested = base.next(today)
    while suggested in taken:
        following = Calendar.read(suggested)
        if following is None:
            return None
        suggested = following.next(today)
    return suggested


def misstep(base: str, revision: str, needed: Bump) -> str | None:
    """The stable id of what is wrong with a step between two versions; None where nothing is.

    Also None where a version cannot be read, of which nothing can be said.
    """
    if base and base == revision:
        return "api-version-not-bumped"
    if is_earlier(revision, base):
        return "api-version-decreased"
    old, new = Number.read(base), Number.read(revision)
    if old is None or new is None:
        return None
    return "api-major-version-not-bumped" if old.room_to(new) < needed == Bump.MAJOR else None


def is_earlier(one: str, other: str) -> bool:
    """Whether a version comes before another of its kind; False where they cannot be ordered."""
    for kind in (Calendar, Number):
        first, second = kind.read(one), kind.read(other)
        if first is not None and second is not None:
            return first.precedence < second.precedence
    return False


def is_date(text: str) -> bool:
    return Calendar.read(text) is not None
