"""`arazzoWorkflowIdUniqueness`: no two workflows have the same id. The target is the document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from linters.lint.function import Check, Context, Function, Problem

from ._documents import workflows


def _prepare(_options: Mapping[str, Any]) -> Check:
    return _check


def _check(target: Any, _context: Context) -> Iterable[Problem]:
    seen: list[Any] = []
    for path, workflow in workflows(target):
        name = workflow.get("workflowId")
        if name in seen:
            message = f"Another workflow has the id `{name}` already. Rename one of the two."
            yield Problem(message, at=(*path, "workflowId"))
        seen.append(name)


FUNCTION = Function("arazzoWorkflowIdUniqueness", None, _prepare)
