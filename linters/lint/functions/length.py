"""`length`: how long a text is, how many items or keys there are, or how large a number is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from linters.lint.function import Check, Context, Function, Problem
from linters.lint.javascript import is_number, number_to_string, utf16_length

_UNITS: dict[type, str] = {str: "characters", list: "items", dict: "properties"}


def _prepare(options: Mapping[str, Any]) -> Check:
    shortest, longest = options.get("min"), options.get("max")

    def check(target: Any, context: Context) -> Iterable[Problem]:
        size = _size(target)
        if size is None:
            return
        unit = _UNITS.get(type(target))
        has = f"has {number_to_string(size)} {unit}" if unit else f"is {number_to_string(size)}"
        if shortest is not None and size < shortest:
            yield Problem(f"{context.subject}{has}; at least {number_to_string(shortest)} are needed.")
        if longest is not None and size > longest:
            yield Problem(f"{context.subject}{has}; at most {number_to_string(longest)} are allowed.")

    return check


def _size(target: Any) -> float | None:
    if isinstance(target, str):
        return utf16_length(target)
    if isinstance(target, list | dict):
        return len(target)
    if is_number(target):
        return float(target) if isinstance(target, float) else int(target)
    return None


FUNCTION = Function(
    "length",
    {
        "type": "object",
        "properties": {"min": {"type": "number"}, "max": {"type": "number"}},
        "minProperties": 1,
        "additionalProperties": False,
    },
    _prepare,
    required=True,
)
