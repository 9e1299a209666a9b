"""`arazzoStepIdUniqueness`: no two steps of a workflow have the same id.

The target is the workflow. As in Spectral, the paths count from the workflow but are taken to count from the
document, so that a finding ends up at its root; `arazzoIds` reports the step.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from linters.lint.function import Check, Context, Function, Problem

from ._documents import steps


def _prepare(_options: Mapping[str, Any]) -> Check:
    return _check


def _check(target: Any, _context: Context) -> Iterable[Problem]:
    if not isinstance(target, dict):
        return
    seen: set[str] = set()
    for path, step in steps(((), target)):
        name = step.get("stepId")
        if name is None:
            message = f"The step at index {path[-1]} has no `stepId`. Give it one that no other has."
            yield Problem(message, at=path)
        elif isinstance(name, str):
            if name in seen:
                message = f"Another step of the workflow has the id `{name}` already. Rename one of the two."
                yield Problem(message, at=(*path, "stepId"))
            seen.add(name)


FUNCTION = Function("arazzoStepIdUniqueness", None, _prepare)
