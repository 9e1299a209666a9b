"""`pattern`: a text matches, or does not match, a regular expression."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from linters.lint.function import Check, Context, Function, Problem
from linters.lint.regular_expressions import from_text


def _prepare(options: Mapping[str, Any]) -> Check:
    wanted = from_text(options["match"]) if "match" in options else None
    unwanted = from_text(options["notMatch"]) if "notMatch" in options else None

    def check(target: Any, _context: Context) -> Iterable[Problem]:
        problems: tuple[Problem, ...] = ()
        if isinstance(target, str):
            if wanted is not None and not wanted.test(target):
                problems = (Problem(f'"{target}" does not match the pattern {options["match"]}'),)
            if unwanted is not None and unwanted.test(target):
                unwelcome = f'"{target}" matches the pattern {options["notMatch"]}, which is not allowed'
                problems = (*problems, Problem(unwelcome))
        return problems

    return check


FUNCTION = Function(
    "pattern",
    {
        "type": "object",
        "properties": {"match": {"type": "string"}, "notMatch": {"type": "string"}},
        "minProperties": 1,
        "additionalProperties": False,
    },
    _prepare,
    required=True,
)
