"""`enumeration`: a scalar is one of some values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from linters.lint.function import Check, Context, Function, Problem
from linters.lint.javascript import UNDEFINED, strict_equal
from linters.lint.printing import brief


def _prepare(options: Mapping[str, Any]) -> Check:
    values = options["values"]
    listed = ", ".join(brief(value) for value in values)

    def check(target: Any, _context: Context) -> Iterable[Problem]:
        if target is UNDEFINED or isinstance(target, dict | list):
            return ()
        if any(strict_equal(target, value) for value in values):
            return ()
        return (Problem(f"{brief(target)} is none of the allowed values: {listed}."),)

    return check


FUNCTION = Function(
    "enumeration",
    {
        "type": "object",
        "properties": {
            "values": {"type": "array", "items": {"type": ["string", "number", "null", "boolean"]}}
        },
        "required": ["values"],
        "additionalProperties": False,
    },
    _prepare,
    required=True,
)
