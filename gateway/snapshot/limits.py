"""Limits that a contract states at an operation, a path or its root: `x-rate-limit: {limit, window, burst?, plan?}`, or a
list of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from contracts import model

from .contract import Plan

EXTENSION = "x-rate-limit"
MOST = 8
"""Limits that one place may list: each costs every call its share of time."""
_LARGEST = 1_000_000_000
_WINDOWS = {1: "second", 60: "minute", 3600: "hour", 86_400: "day"}


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit that is counted for each caller by `scope`: an operation, a path, or the whole contract.

    `about` is the plan that it is for; None is for all.
    """

    scope: str
    plan: Plan
    about: str | None = None


def limits_of(api: model.HttpApi, declared: model.Operation) -> tuple[tuple[Limit, ...], tuple[str, ...]]:
    """All limits that an operation is under, the narrowest first; and what of them cannot be enforced."""
    places = (
        (declared.key, declared.extensions),
        (declared.path, _path_item(api, declared)),
        ("contract", api.extensions),
    )
    found: list[Limit] = []
    unread: list[str] = []
    for scope, extensions in places:
        limits, reasons = stated(scope, extensions)
        found += limits
        unread += reasons
    return tuple(found), tuple(dict.fromkeys(unread))


def _path_item(api: model.HttpApi, declared: model.Operation) -> Mapping[str, Any]:
    """The path item that the operation stands in, in whichever file that is."""
    value = api.documents.documents[declared.origin.source].value
    for step in declared.origin.path[:-1]:
        value = value[step]
    return value if isinstance(value, Mapping) else {}


def stated(key: str, extensions: Mapping[str, Any]) -> tuple[list[Limit], list[str]]:
    """The limits of one place, all of which hold, and what of them cannot be enforced.

    `window` is in seconds; without `burst` the whole limit may come at once. One alone is named as its place is;
    those of a list are told apart by their windows.
    """
    value = extensions.get(EXTENSION)
    if value is None:
        return [], []
    if not isinstance(value, list):
        limit = _limit(key, value)
        return ([], [limit]) if isinstance(limit, str) else ([limit], [])
    if not 1 <= len(value) <= MOST:
        return [], [f"{EXTENSION} lists {len(value)} limits, and may list 1 to {MOST}"]
    found: list[Limit] = []
    unread: list[str] = []
    for item in value:
        limit = _limit(key, item)
        if isinstance(limit, str):
            unread.append(limit)
        else:
            name = _named(limit, {other.scope for other in found})
            found.append(Limit(name, replace(limit.plan, name=name), limit.about))
    return found, unread


def _limit(key: str, value: Any) -> Limit | str:
    """One limit; text says why it cannot be enforced."""
    if not isinstance(value, Mapping):
        return f"{EXTENSION} is not a mapping"
    limit, window = _whole(value.get("limit")), _whole(value.get("window"))
    burst = _whole(value.get("burst", limit))
    for name, number in (("limit", limit), ("window", window), ("burst", burst)):
        if not isinstance(number, int) or isinstance(number, bool) or not 1 <= number <= _LARGEST:
            return f"{name} of {EXTENSION} is not a whole number from 1"
    plan = value.get("plan")
    return Limit(key, Plan(key, limit, window, burst), plan if isinstance(plan, str) else None)


def _named(limit: Limit, taken: Collection[str]) -> str:
    """Names link the two RateLimit fields and the counts, so no two of one place may be the same."""
    window = limit.plan.window
    name = f"{limit.scope} per {_WINDOWS.get(window) or f'{window} s'}"
    if limit.about is not None:
        name += f" for {limit.about}"
    number = 1 + sum(other == name or other.startswith(f"{name} (") for other in taken)
    return name if number == 1 else f"{name} ({number})"


def _whole(value: Any) -> Any:
    """`600.0` is the whole number 600, as in JSON Schema; anything else is itself."""
    return int(value) if isinstance(value, float) and value.is_integer() else value
