"""Where the workflows and steps of an Arazzo document are; what is none is passed over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

from contracts.pointers import Path

Part: TypeAlias = "tuple[Path, dict[str, Any]]"
"""A workflow or a step, and the path to it from the document's root."""


def listed(holder: Any, field: str) -> list[Any]:
    """The list that a mapping holds in a field; an empty one where it holds none."""
    value = holder.get(field) if isinstance(holder, dict) else None
    return value if isinstance(value, list) else []


def named(holder: Any, *fields: str) -> dict[str, Any]:
    """The mapping that lies below `fields`; an empty one where there is none."""
    for field in fields:
        holder = holder.get(field) if isinstance(holder, dict) else None
    return holder if isinstance(holder, dict) else {}


def workflows(root: Any) -> Iterator[Part]:
    """Each workflow."""
    for index, workflow in enumerate(listed(root, "workflows")):
        if isinstance(workflow, dict):
            yield ("workflows", index), workflow


def steps(workflow: Part) -> Iterator[Part]:
    """Each step of a workflow."""
    path, holder = workflow
    for index, step in enumerate(listed(holder, "steps")):
        if isinstance(step, dict):
            yield (*path, "steps", index), step


def sources(root: Any) -> dict[str, Any]:
    """The source descriptions by their names; of two of one name the last."""
    described = (source for source in listed(root, "sourceDescriptions") if isinstance(source, dict))
    return {source["name"]: source for source in described if isinstance(source.get("name"), str)}


def source_name(expression: str) -> str:
    """The `<name>` of `$sourceDescriptions.<name>.…`; an empty one where there is none."""
    return [*expression.split("."), ""][1]
