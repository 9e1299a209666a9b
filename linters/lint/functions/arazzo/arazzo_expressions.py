"""`arazzoExpressions`: runtime expressions are written as the grammar says, and what they name exists.

A function of Lading's. The target is the document. With `check: order`, only one thing is looked for: a step that
uses the outputs of a step that comes after it (Arazzo 1.1.0, "Validation Recommendations"); workflows that jump, or
say what waits for what, are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from contracts.pointers import Path
from linters.lint.function import Check, Context, Function, Problem

from . import _occurrences
from ._documents import workflows
from ._grammar import Expression, read
from ._names import Names


def _prepare(options: Mapping[str, Any]) -> Check:
    judge: Callable[..., str | None] = _order if options["check"] == "order" else _names

    def check(target: Any, _context: Context) -> Iterable[Problem]:
        for workflow in workflows(target):
            names = Names(target, workflow)
            for occurrence in _occurrences.of(workflow):
                reason = judge(read(occurrence.text, selecting=occurrence.selecting), names, occurrence.path)
                if reason is not None:
                    yield Problem(reason, at=occurrence.path)

    return check


def _names(found: Expression | str, names: Names, path: Path) -> str | None:
    return names.missing(found, path) if isinstance(found, Expression) else found


def _order(found: Expression | str, names: Names, path: Path) -> str | None:
    return names.too_early(found, path) if isinstance(found, Expression) else None


FUNCTION = Function(
    "arazzoExpressions",
    {
        "type": "object",
        "properties": {"check": {"enum": ["names", "order"]}},
        "required": ["check"],
        "additionalProperties": False,
    },
    _prepare,
    required=True,
)
