"""Runtime expressions as far as the rules named after Spectral's look at them.

An expression begins as one does, and what it names of this document exists. `arazzoExpressions`, which
`lading:arazzo` uses, reads the whole grammar.
"""

from __future__ import annotations

import re
from typing import Any

from contracts.errors import UnresolvableReference
from contracts.pointers import descend, from_pointer

from ._documents import listed, named, steps, workflows

_BEGINNINGS = (
    "$url",
    "$method",
    "$statusCode",
    "$request.",
    "$response.",
    "$message.",
    "$inputs.",
    "$outputs.",
    "$steps.",
    "$workflows.",
    "$sourceDescriptions.",
    "$components.inputs.",
    "$components.parameters.",
    "$components.successActions.",
    "$components.failureActions.",
)
_ID = r"[A-Za-z0-9_\\-]+"
_STEP = re.compile(rf"\$steps\.({_ID})\.(.*)")
_WORKFLOW = re.compile(rf"\$workflows\.({_ID})\.(.*)")
_INPUT = re.compile(rf"\$inputs\.({_ID})")
_COMPONENT = re.compile(rf"\$components\.(parameters|successActions|failureActions)\.({_ID})")


def begins_well(expression: Any) -> bool:
    """Whether it begins as a runtime expression does."""
    return isinstance(expression, str) and expression.startswith(_BEGINNINGS)


def holds(expression: Any, root: Any, workflow: int | None = None) -> bool:
    """Whether it is an expression, and the step, workflow, input or component that it names exists.

    `workflow` is the index of the one that it stands in; where it is None any workflow's steps count, and no
    inputs.
    """
    if not begins_well(expression):
        return False
    if expression.startswith("$steps."):
        return _is_step(expression, root, workflow)
    if expression.startswith("$workflows."):
        return _is_workflow(expression, root)
    if expression.startswith("$inputs."):
        return _is_input(expression, root, workflow)
    if expression.startswith("$components.") and not expression.startswith("$components.inputs."):
        match = _COMPONENT.fullmatch(expression)
        return match is not None and match[2] in named(root, "components", match[1])
    return True


def _is_step(expression: str, root: Any, index: int | None) -> bool:
    match = _STEP.fullmatch(expression)
    known = [workflow for workflow in workflows(root) if index is None or workflow[0] == ("workflows", index)]
    ids = (step.get("stepId") for workflow in known for _, step in steps(workflow))
    return match is not None and match[1] in ids


def _is_workflow(expression: str, root: Any) -> bool:
    match = _WORKFLOW.fullmatch(expression)
    if match is None:
        return False
    for (_, index), workflow in workflows(root):
        if workflow.get("workflowId") == match[1]:
            rest = match[2]
            return not rest.startswith("steps.") or _is_step(f"${rest}", root, int(index))
    return False


def _is_input(expression: str, root: Any, index: int | None) -> bool:
    match = _INPUT.fullmatch(expression)
    known = listed(root, "workflows")
    if match is None or index is None or index >= len(known):
        return False
    inputs = named(known[index], "inputs")
    if "properties" not in inputs and isinstance(inputs.get("$ref"), str):
        inputs = _referred(inputs["$ref"], root)
    return match[1] in named(inputs, "properties")


def _referred(reference: str, root: Any) -> Any:
    """What a reference within the document leads to; None where it leads nowhere, or out of it."""
    try:
        return descend(root, from_pointer(reference))[0] if reference.startswith("#") else None
    except (KeyError, ValueError, UnresolvableReference):
        return None
