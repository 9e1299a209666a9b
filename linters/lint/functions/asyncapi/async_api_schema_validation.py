"""`asyncApiSchemaValidation`: the default, or the examples, of a schema are valid against the schema.

The target is the schema, taken as JSON Schema draft-07, which AsyncAPI's dialect extends. A value that is text is
not judged, as in Spectral; `eventSchemas` judges those too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from contracts.pointers import Path
from linters.lint.function import Check, Context, Function, Problem
from linters.lint.functions.schema import FUNCTION as SCHEMA
from linters.lint.javascript import UNDEFINED


def _prepare(options: Mapping[str, Any]) -> Check:
    field: str = options["type"]

    def check(target: Any, context: Context) -> Iterable[Problem]:
        if not isinstance(target, dict) or not isinstance(target.get("examples", []), list):
            yield Problem(f"{context.subject}is no schema with a `default` or a list of `examples`.")
            return
        values = _values(target, field)
        if not values:
            return
        valid = SCHEMA.prepare({"schema": target, "allErrors": True})
        for below, value in values:
            for problem in valid(value, replace(context, path=(*context.path, *below))) or ():
                yield Problem(problem.message, (*below, *problem.below))

    return check


def _values(schema: Mapping[str, Any], field: str) -> list[tuple[Path, Any]]:
    if field == "default":
        found: list[tuple[Path, Any]] = [(("default",), schema.get("default", UNDEFINED))]
    else:
        found = [(("examples", index), value) for index, value in enumerate(schema.get("examples", []))]
    return [(below, value) for below, value in found if not isinstance(value, str)]


FUNCTION = Function(
    "asyncApiSchemaValidation",
    {
        "type": "object",
        "properties": {"type": {"enum": ["default", "examples"]}},
        "required": ["type"],
        "additionalProperties": False,
    },
    _prepare,
    required=True,
)
