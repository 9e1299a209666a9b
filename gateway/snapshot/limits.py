"""Limits that a contract states at an operation, a path or its root: `x-rate-limit: {limit, window, burst?, plan?}`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from contracts import model

from .contract import Plan

EXTENSION = "x-rate-limit"
_MOST = 1_000_000_000


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
        try:
            plan, about = stated(scope, extensions)
        except ValueError as error:
            unread.append(str(error))
        else:
            if plan is not None:
                found.append(Limit(scope, plan, about))
    return tuple(found), tuple(dict.fromkeys(unread))


def _path_item(api: model.HttpApi, declared: model.Operation) -> Mapping[str, Any]:
    """The path item that the operation stands in, in whichever file that is."""
    value = api.documents.documents[declared.origin.source].value
    for step in declared.origin.path[:-1]:
        value = value[step]
    return value if isinstance(value, Mapping) else {}


def stated(key: str, extensions: Mapping[str, Any]) -> tuple[Plan | None, str | None]:
    """The operation's limit and the plan that it is about (None: about all), or (None, None) for none.

    `window` is in seconds; without `burst` the whole limit may come at once. Raises `ValueError` for what
    cannot be enforced.
    """
    value = extensions.get(EXTENSION)
    if value is None:
        return None, None
    if not isinstance(value, Mapping):
        raise ValueError(f"{EXTENSION} is not a mapping")
    limit, window = _whole(value.get("limit")), _whole(value.get("window"))
    burst = _whole(value.get("burst", limit))
    for name, number in (("limit", limit), ("window", window), ("burst", burst)):
        if not isinstance(number, int) or isinstance(number, bool) or not 1 <= number <= _MOST:
            raise ValueError(f"{name} of {EXTENSION} is not a whole number from 1")
    plan = value.get("plan")
    return Plan(key, limit, window, burst), plan if isinstance(plan, str) else None


def _whole(value: Any) -> Any:
    """`600.0` is the whole number 600, as in JSON Schema; anything else is itself."""
    return int(value) if isinstance(value, float) and value.is_integer() else value
