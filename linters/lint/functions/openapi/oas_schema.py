"""`oasSchema`: a value is valid against a JSON Schema in the dialect of the OpenAPI version at hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from linters.lint.function import Check, Context, Function, Problem
from linters.lint.javascript import UNDEFINED
from linters.lint.openapi.values import problems


def _prepare(options: Mapping[str, Any]) -> Check:
    schema = options["schema"]

    def check(target: Any, context: Context) -> Iterable[Problem]:
        if target is UNDEFINED:
            return (Problem(f"{context.subject}is missing."),)
        return problems(schema, target, context)

    return check


FUNCTION = Function(
    "oasSchema",
    {
        "type": "object",
        "properties": {"schema": {"type": "object"}},
        "required": ["schema"],
        "additionalProperties": False,
    },
    _prepare,
    required=True,
)
