"""Deprecation, sunset dates and stability levels of operations (`deprecated`, `x-sunset`, `x-stability-level`)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from contracts.model import Operation
from linters.diff.policy import CompatPolicy
from linters.diff.transitions import Places, Transition, Walk

LEVELS = ("draft", "alpha", "beta", "stable")
"""Stability levels, the least stable first. An operation that states none is stable."""


def stability_of(operation: Operation) -> str:
    level = operation.extensions.get("x-stability-level", "stable")
    return level if isinstance(level, str) else str(level)


def is_compared(operation: Operation, policy: CompatPolicy) -> bool:
    """Whether the operation has promised enough to be held to it."""
    level = stability_of(operation)
    return level not in LEVELS or LEVELS.index(level) >= LEVELS.index(policy.stability)


def sunset_of(operation: Operation) -> tuple[date | None, Any]:
    """The sunset date, and what is written where it is no date."""
    written = operation.extensions.get("x-sunset")
    if written is None:
        return None, None
    return read_date(written), written


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


def removed(operation: Operation, policy: CompatPolicy, *, whole_path: bool) -> Transition:
    """The removal of an operation, told by whether it was announced."""
    sunset, written = sunset_of(operation)
    if not operation.deprecated:
        action = "removed"
    elif written is not None and sunset is None:
        action = "removed-unreadable"
    elif sunset is not None and policy.today is not None and policy.today < sunset:
        action = "removed-early"
    else:
        action = "removed-deprecated"
    element = "path" if whole_path or action == "removed-unreadable" else "operation"
    return Transition(element, action, operation.key, operation.origin, None, data={"before": written})


def operation(base: Operation, revision: Operation, policy: CompatPolicy) -> Walk:
    """Transitions of deprecation and sunset of one operation."""
    key, places = base.key, (base.origin, revision.origin)
    old, old_written = sunset_of(base)
    new, new_written = sunset_of(revision)
    if base.deprecated and not revision.deprecated:
        yield Transition("operation", "reactivated", key, *places)
    if not revision.deprecated:
        return
    days = policy.sunset_days.get(stability_of(revision), 0)
    data = {"before": old_written, "after": new_written}
    if new_written is not None and new is None:
        yield Transition("operation", "sunset-unreadable", key, *places, data=data)
        return
    if not base.deprecated:
        yield from _announced(key, places, new, days, policy, data)
    elif old is not None and new is None:
        yield Transition("operation", "sunset-deleted", key, *places, data=data)
    elif old is not None and new is not None and new < old and _is_soon(new, days, policy):
        yield Transition("operation", "sunset-advanced", key, *places, data=data)


def _announced(
    key: str, places: Places, sunset: date | None, days: int, policy: CompatPolicy, data: dict[str, Any]
) -> Walk:
    if sunset is None:
        if days > 0:
            yield Transition("operation", "sunset-missing", key, *places, data=data)
        else:
            yield Transition("operation", "deprecated", key, *places, data=data)
        return
    if _is_soon(sunset, days, policy) and days > 0:
        yield Transition("operation", "sunset-too-early", key, *places, data=data)
    else:
        yield Transition("operation", "deprecated-with-sunset", key, *places, data=data)


def _is_soon(sunset: date, days: int, policy: CompatPolicy) -> bool:
    return policy.today is None or (sunset - policy.today).days < days


def stability(base: Operation, revision: Operation) -> Walk:
    """Transitions of the stability level."""
    old, new = stability_of(base), stability_of(revision)
    if old == new:
        return
    places = (base.origin, revision.origin)
    data = {"before": old, "after": new}
    if new not in LEVELS:
        yield Transition("stability", "invalid", base.key, *places, data=data)
    elif old in LEVELS:
        action = "decreased" if LEVELS.index(new) < LEVELS.index(old) else "increased"
        yield Transition("stability", action, base.key, *places, data=data)
