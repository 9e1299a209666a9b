"""`xor`: of some properties exactly one is given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from linters.lint.function import Check, Context, Function, Problem


def _prepare(options: Mapping[str, Any]) -> Check:
    names = options["properties"]
    listed = ", ".join(f'"{name}"' for name in names)

    def check(target: Any, context: Context) -> Iterable[Problem]:
        if not isinstance(target, dict):
            return ()
        given = [name for name in names if name in target]
        if len(given) == 1:
            return ()
        if not given:
            return (Problem(f"{context.subject}needs one of {listed}."),)
        found = " and ".join(f'"{name}"' for name in given)
        return (Problem(f"{context.subject}may have only one of {listed}; it has {found}."),)

    return check


FUNCTION = Function(
    "xor",
    {
        "type": "object",
        "properties": {"properties": {"type": "array", "items": {"type": "string"}, "minItems": 2}},
        "required": ["properties"],
        "additionalProperties": False,
    },
    _prepare,
    required=True,
)
