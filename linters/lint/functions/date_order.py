"""`dateOrder`: of two dates in the target, one is later than the other.

A function of Lading's. Dates are RFC 3339: a day, or a moment with its offset. A day stands for its first moment in
UTC. What is missing or no date is left to other rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from linters.lint.function import Check, Context, Function, Problem


def _prepare(options: Mapping[str, Any]) -> Check:
    earlier: str = options["earlier"]
    later: str = options["later"]

    def check(target: Any, _context: Context) -> Iterable[Problem]:
        if not isinstance(target, dict):
            return ()
        start, end = _moment(target.get(earlier)), _moment(target.get(later))
        if start is None or end is None or start < end:
            return ()
        message = f"`{later}` ({target[later]}) is not after `{earlier}` ({target[earlier]})."
        return (Problem(message, (later,)),)

    return check


def _moment(value: Any) -> datetime | None:
    if not isinstance(value, str):
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


FUNCTION = Function(
    "dateOrder",
    {
        "type": "object",
        "properties": {"earlier": {"type": "string"}, "later": {"type": "string"}},
        "required": ["earlier", "later"],
        "additionalProperties": False,
    },
    _prepare,
    required=True,
)
