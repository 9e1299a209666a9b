"""Notice of an end: `deprecated` and `x-sunset` of operations, parameters and schemas, and what moved in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from .policy import CompatPolicy

SUNSET = "x-sunset"


@dataclass(frozen=True, slots=True)
class Notice:
    """Whether an element is deprecated, and its sunset as it is written (None: not at all)."""

    deprecated: bool
    written: Any = None

    @classmethod
    def of(cls, deprecated: bool, element: Any) -> Notice:
        """The notice that an element's object states."""
        return cls(deprecated, element.get(SUNSET) if isinstance(element, Mapping) else None)

    @property
    def sunset(self) -> date | None:
        """The day of the sunset; None where there is none, or none that can be read."""
        return None if self.written is None else read_date(self.written)

    @property
    def unreadable(self) -> bool:
        return self.written is not None and self.sunset is None


def read_date(written: Any) -> date | None:
    """An RFC 3339 full-date or date-time."""
    text = str(written).strip()
    try:
        return date.fromisoformat(text)
    except ValueError:
        pass
    try:
        return datetime.fromisoformat(text.replace("Z", "+00:00")).date()
    except ValueError:
        return None


def removed(notice: Notice, policy: CompatPolicy) -> str:
    """The action of a removal, told by whether it was announced."""
    if not notice.deprecated:
        return "removed"
    if notice.unreadable:
        return "removed-unreadable"
    if notice.sunset is not None and policy.today is not None and policy.today < notice.sunset:
        return "removed-early"
    return "removed-deprecated"


def moved(base: Notice, revision: Notice, policy: CompatPolicy, stability: str) -> str | None:
    """The action that leads from one notice to the other, None where nothing moved.

    `stability` is the level that the element has promised; the policy knows how many days' notice it asks for.
    """
    if not revision.deprecated:
        return "reactivated" if base.deprecated else None
    days = policy.sunset_days.get(stability, 0)
    if not base.deprecated:
        return _announced(revision, days, policy)
    if revision.unreadable:
        return None if base.written == revision.written else "sunset-became-unreadable"
    if base.unreadable:
        return "sunset-became-readable"
    if base.sunset is None:
        return None
    if revision.sunset is None:
        return "sunset-deleted"
    soon = revision.sunset < base.sunset and _is_soon(revision.sunset, days, policy)
    return "sunset-advanced" if soon else None


def _announced(notice: Notice, days: int, policy: CompatPolicy) -> str:
    if notice.unreadable:
        return "sunset-unreadable"
    if notice.sunset is None:
        return "sunset-missing" if days > 0 else "deprecated"
    return (
        "sunset-too-early" if days > 0 and _is_soon(notice.sunset, days, policy) else "deprecated-with-sunset"
    )


def _is_soon(sunset: date, days: int, policy: CompatPolicy) -> bool:
    return policy.today is None or (sunset - policy.today).days < days
