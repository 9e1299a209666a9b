"""`schema`: a value is valid against a JSON Schema."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from linters.lint.function import Check, Context, Function, Problem
from linters.lint.javascript import UNDEFINED
from linters.lint.schemas import DIALECTS, UnusableSchema, Validator, compile_schema


def _prepare(options: Mapping[str, Any]) -> Check:
    try:
        validator = compile_schema(options["schema"], options.get("dialect", "auto"))
    except UnusableSchema as error:
        return _unusable(error)
    return _checker(validator, bool(options.get("allErrors")))


def _checker(validator: Validator, every: bool) -> Check:
    def check(target: Any, context: Context) -> Iterable[Problem]:
        if target is UNDEFINED:
            return (Problem(f"{context.subject}is missing."),)
        if validator.is_valid(target):
            return ()
        return tuple(
            Problem(violation.told_of((*context.path, *violation.path)), violation.path)
            for violation in validator.violations(target, every=every)
        )

    return check


def _unusable(error: UnusableSchema) -> Check:
    """A schema that is no schema condemns every target, so that the mistake is seen.

    One that only refers to nothing is passed over on the resolved document, as in Spectral.
    """

    def check(_target: Any, context: Context) -> Iterable[Problem]:
        if error.dangling and context.resolved:
            return ()
        return (Problem(f"The rule's schema cannot be used: {error}"),)

    return check


FUNCTION = Function(
    "schema",
    {
        "type": "object",
        "properties": {
            "schema": {"type": "object"},
            "dialect": {"enum": ["auto", *DIALECTS]},
            "allErrors": {"type": "boolean"},
        },
        "required": ["schema"],
        "additionalProperties": False,
    },
    _prepare,
    required=True,
)
