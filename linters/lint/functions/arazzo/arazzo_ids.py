"""`arazzoIds`: what a document tells apart by name has a name of its own, and each is reported where it stands.

A function of Lading's. The target is the document. Workflows and source descriptions are told apart in the document,
steps in their workflow, actions in their list, parameters in their list by `name` and `in` (Arazzo 1.1.0).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from contracts.pointers import Path
from linters.lint.function import Check, Context, Function, Problem

from ._documents import listed, steps, workflows

_ACTIONS = {
    "onSuccess": "action",
    "onFailure": "action",
    "successActions": "action",
    "failureActions": "action",
}


def _prepare(_options: Mapping[str, Any]) -> Check:
    return _check


def _check(target: Any, _context: Context) -> Iterable[Problem]:
    yield from _repeated(target, (), "sourceDescriptions", "source description", "name")
    yield from _repeated(target, (), "workflows", "workflow", "workflowId")
    for workflow in workflows(target):
        path, holder = workflow
        yield from _repeated(holder, path, "steps", "step", "stepId")
        for place, part in (workflow, *steps(workflow)):
            for field, what in _ACTIONS.items():
                yield from _repeated(part, place, field, what, "name")
            yield from _repeated(part, place, "parameters", "parameter", "name", "in")


def _repeated(holder: Any, path: Path, field: str, what: str, *by: str) -> Iterator[Problem]:
    seen: set[tuple[str | None, ...]] = set()
    for index, item in enumerate(listed(holder, field)):
        names = tuple(item.get(name) for name in by) if isinstance(item, dict) else ()
        if not names or not isinstance(names[0], str) or not all(isinstance(n, str | None) for n in names):
            continue
        if names in seen:
            message = f"Another {what} here is called `{names[0]}` already. Rename one of the two."
            yield Problem(message, at=(*path, field, index, by[0]))
        seen.add(names)


FUNCTION = Function("arazzoIds", None, _prepare)
