"""`arazzoWorkflowDependsOnValidation`: the workflows that a workflow waits for exist. The target is the document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from linters.lint.function import Check, Context, Function, Problem

from ._documents import listed, sources, workflows
from ._expressions import holds


def _prepare(_options: Mapping[str, Any]) -> Check:
    return _check


def _check(target: Any, _context: Context) -> Iterable[Problem]:
    for path, workflow in workflows(target):
        seen: set[str] = set()
        for index, name in enumerate(listed(workflow, "dependsOn")):
            if not isinstance(name, str):
                continue
            place = (*path, "dependsOn", index)
            if name in seen:
                yield Problem(f"The workflow waits for `{name}` twice. Remove one of the two.", at=place)
                continue
            seen.add(name)
            yield from (Problem(message, at=place) for message in _wrong(name, target))


def _wrong(name: str, root: Any) -> Iterator[str]:
    if name.startswith("$") and not holds(name, root):
        yield f"`{name}` is no runtime expression."
    if not name.startswith("$sourceDescriptions."):
        if all(workflow.get("workflowId") != name for _, workflow in workflows(root)):
            yield f"There is no workflow `{name}` in this document."
        return
    parts = name.split(".")
    kind = sources(root).get(parts[1], {}).get("type")
    if kind is None:
        yield f"There is no source description `{parts[1]}` with a type."
    elif kind != "arazzo":
        yield f"The source description `{parts[1]}` is no Arazzo document, and has no workflows."
    elif len(parts) < 3:
        yield f"`{name}` names a document, and no workflow of it."


FUNCTION = Function("arazzoWorkflowDependsOnValidation", None, _prepare)
