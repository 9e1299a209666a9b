"""`or`: of some properties at least one is given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from linters.lint.function import Check, Context, Function, Problem


def _prepare(options: Mapping[str, Any]) -> Check:
    names = options["properties"]
    listed = ", ".join(f'"{name}"' for name in names)

    def check(target: Any, context: Context) -> Iterable[Problem]:
        if not isinstance(target, dict) or any(name in target for name in names):
            return ()
        return (Problem(f"{context.subject}needs at least one of {listed}."),)

    return check


FUNCTION = Function(
    "or",
    {
        "type": "object",
        "properties": {"properties": {"type": "array", "items": {"type": "string"}, "minItems": 2}},
        "required": ["properties"],
        "additionalProperties": False,
    },
    _prepare,
    required=True,
)
