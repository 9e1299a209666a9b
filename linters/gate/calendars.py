"""Versions that are dates (calver.org): ordered like numbers, silent about what changed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_FORMS = (
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})(?:\.(?P<n>\d{1,9}))?(?P<rest>[.-]\D.*)?", re.ASCII),
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{2})", re.ASCII),
    re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})", re.ASCII),
    re.compile(r"(?P<y>\d{4})\.(?P<m>\d{1,2})(?:\.(?P<n>\d{1,9}))?(?P<rest>-.+)?", re.ASCII),
)
EARLIEST, LATEST = 1990, 2199
"""Years that a version is taken to mean; 1.4 and 3000.1 are numbers."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """A version that begins with a year and a month.

    `rest` is what follows in words (`-preview`): a version with it comes before the one without, as in SemVer.
    """

    year: int
    month: int
    day: int | None
    number: int | None
    rest: str
    written: str

    @classmethod
    def read(cls, text: str) -> Calendar | None:
        """`2026-01-14`, `2026-01-14.2`, `2026-01`, `20260114`, `2026.01`, `2026.1.3`; None for everything else."""
        text = text.strip()
        match = next((found for form in _FORMS if (found := form.fullmatch(text))), None)
        if match is None:
            return None
        parts = match.groupdict()
        year, month = int(parts["y"]), int(parts["m"])
        day, number = (int(parts[key]) if parts.get(key) else None for key in ("d", "n"))
        possible = EARLIEST <= year <= LATEST and 1 <= month <= 12 and (day is None or 1 <= day <= 31)
        return cls(year, month, day, number, parts.get("rest") or "", text) if possible else None

    @property
    def precedence(self) -> tuple[object, ...]:
        return self.year, self.month, self.day or 0, self.number or 0, not self.rest, self.rest

    def next(self, today: date) -> str:
        """The version of a day, written as this one is; where that is not later, this one counted on."""
        has_day, dotted = self.day is not None, "." in self.written[:5]
        if (today.year, today.month, today.day if has_day else 0) > (self.year, self.month, self.day or 0):
            if dotted:
                padded = self.written[5:7].isdigit()
                month = f"{today.month:02}" if padded else str(today.month)
                return f"{today.year}.{month}" + (".0" if self.number is not None else "")
            if not has_day:
                return f"{today:%Y-%m}"
            return f"{today:%Y-%m-%d}" if "-" in self.written else f"{today:%Y%m%d}"
        bare = self.written.removesuffix(self.rest) if self.rest else self.written
        if self.rest:
            return bare
        return f"{bare.rpartition('.')[0]}.{self.number + 1}" if self.number is not None else f"{bare}.1"
