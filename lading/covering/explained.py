"""Why the comparison is silent about a field, where it is (`reasons.yaml`)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache

from .grammar import LINES, read
from .keywords import keyword_rows
from .meter import SILENT, rows


@dataclass(frozen=True, slots=True)
class Reason:
    """Patterns of `Object.field`, and why their changes are none of the contract."""

    fields: tuple[str, ...]
    reason: str

    def covers(self, field: str) -> bool:
        return any(fnmatchcase(field, pattern) for pattern in self.fields)


@cache
def reasons() -> tuple[Reason, ...]:
    """Every reason, in order."""
    return tuple(Reason(tuple(one["fields"]), one["reason"]) for one in read("reasons.yaml"))


def reason_of(field: str) -> Reason | None:
    """The first reason that covers a field."""
    return next((one for one in reasons() if one.covers(field)), None)


def silent() -> frozenset[str]:
    """`Object.field` of everything that some change of passes in silence."""
    found = {f"{row.object}.{row.field}" for line in LINES for row in rows(line) if row.outcome == SILENT}
    found |= {f"Schema.{row.keyword}" for row in keyword_rows() if SILENT in row.outcomes}
    return frozenset(found)


def unexplained() -> list[str]:
    """What is passed over in silence without a reason. It must be empty."""
    return sorted(field for field in silent() if reason_of(field) is None)


def stale(patterns: Iterable[str] | None = None) -> list[str]:
    """Patterns that cover nothing which is passed over."""
    every = patterns if patterns is not None else [one for reason in reasons() for one in reason.fields]
    return sorted(one for one in every if not any(fnmatchcase(field, one) for field in silent()))
