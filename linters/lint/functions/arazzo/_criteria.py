"""What is wrong with a Criterion Object (Arazzo 1.0.1, 4.6.11)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from contracts.pointers import Path
from linters.lint.errors import ScriptError
from linters.lint.function import Problem
from linters.lint.regular_expressions import compile_pattern

from ._expressions import holds


def flaws(criterion: Any, path: Path, root: Any) -> Iterator[Problem]:
    """`path` leads to the criterion from the document's root."""
    if not isinstance(criterion, dict):
        return
    condition, kind, context = criterion.get("condition"), criterion.get("type"), criterion.get("context")
    if not isinstance(condition, str) or not condition.strip():
        yield Problem("The criterion has no `condition`. State what must be true.", at=(*path, "condition"))
    if kind is not None and context is None:
        shown = f" of the type `{kind}`" if isinstance(kind, str) else " with a type"
        message = f"A criterion{shown} needs a `context`: the expression that gives what it looks at."
        yield Problem(message, at=(*path, "context"))
    if isinstance(kind, dict) and not (kind.get("type") and kind.get("version")):
        yield Problem("The criterion's type needs both `type` and `version`.", at=(*path, "type"))
    if kind == "regex" and isinstance(condition, str) and not _is_pattern(condition):
        yield Problem("The `condition` is no regular expression.", at=(*path, "condition"))
    if context is not None and not holds(context, root):
        message = "The `context` is no runtime expression, or names something that does not exist."
        yield Problem(message, at=(*path, "context"))


def _is_pattern(source: str) -> bool:
    try:
        compile_pattern(source)
    except ScriptError:
        return False
    return True
