"""`stated`: an operation states a field itself, or inherits it from its path item or from the document's root.

A function of Lading's: Spectral has no word for what is inherited.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from contracts.pointers import Path
from linters.lint.function import Check, Context, Function, Problem

_WORDS = {"operation": "at the operation", "path": "at its path", "root": "at the root"}


def _prepare(options: Mapping[str, Any]) -> Check:
    field: str = options["field"]
    levels: list[str] = options["levels"]
    places = " nor ".join(_WORDS[level] for level in levels)
    where = f", neither {places}" if len(levels) > 1 else f" {places}"

    def check(target: Any, context: Context) -> Iterable[Problem]:
        if not isinstance(target, dict):
            return ()
        holders = {"operation": target, "path": _path_item(context), "root": context.root}
        if any(isinstance(holders[level], dict) and field in holders[level] for level in levels):
            return ()
        return (Problem(f"{_name(context.path)} states no `{field}`{where}."),)

    return check


def _path_item(context: Context) -> Any:
    """The path item or webhook that the operation stands in: two steps down from the root."""
    value = context.root
    for part in context.path[:2]:
        value = value.get(part) if isinstance(value, dict) else None
    return value


def _name(path: Path) -> str:
    """`GET /orders`, from `("paths", "/orders", "get")`."""
    return f"{str(path[-1]).upper()} {path[1]}" if len(path) >= 3 else "This"


FUNCTION = Function(
    "stated",
    {
        "type": "object",
        "properties": {
            "field": {"type": "string", "minLength": 1},
            "levels": {"type": "array", "items": {"enum": list(_WORDS)}, "minItems": 1, "uniqueItems": True},
        },
        "required": ["field", "levels"],
        "additionalProperties": False,
    },
    _prepare,
    required=True,
)
