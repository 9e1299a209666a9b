"""`arazzoStepValidation`: what each step calls is in a source description that exists. The target is the document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from linters.lint.function import Check, Context, Function, Problem

from ._documents import listed, source_name, sources, steps, workflows
from ._expressions import begins_well, holds

_OPERATION_PATH = re.compile(r"\{\$sourceDescriptions\.[a-zA-Z0-9_-]+\.url\}#.+")


def _prepare(_options: Mapping[str, Any]) -> Check:
    return _check


def _check(target: Any, _context: Context) -> Iterable[Problem]:
    if not listed(target, "sourceDescriptions"):
        message = "The document has no source description, so that no step can call anything."
        yield Problem(message, at=("sourceDescriptions",))
        return
    known = sources(target)
    for workflow in workflows(target):
        for path, step in steps(workflow):
            for field, messages in _wrong(step, target, known):
                yield from (Problem(message, at=(*path, field)) for message in messages)


def _wrong(step: dict[str, Any], root: Any, known: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    operation, path, workflow = (step.get(name) for name in ("operationId", "operationPath", "workflowId"))
    if isinstance(operation, str) and operation.startswith("$"):
        yield "operationId", _expression(operation, holds(operation, root), known)
    if isinstance(path, str):
        if _OPERATION_PATH.fullmatch(path) is None:
            form = "{$sourceDescriptions.<name>.url}#/<pointer>"
            yield "operationPath", [f"`{path}` is not of the form `{form}`."]
        else:
            yield "operationPath", _expression(path, True, known)
    if isinstance(workflow, str) and workflow.startswith("$"):
        yield "workflowId", _expression(workflow, begins_well(workflow), known)


def _expression(text: str, valid: bool, known: Mapping[str, Any]) -> list[str]:
    found = [] if valid else [f"`{text}` is no runtime expression that leads anywhere."]
    name = source_name(text)
    return found if name in known else [*found, f"There is no source description `{name}` for `{text}`."]


FUNCTION = Function("arazzoStepValidation", None, _prepare)
