"""Limits that a contract states at an operation: `x-rate-limit: {limit, window, burst?, plan?}`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .contract import Plan

EXTENSION = "x-rate-limit"
_MOST = 1_000_000_000


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
