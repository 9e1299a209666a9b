"""What is wrong with the success or failure actions of a step (Arazzo 1.0.1, 4.6.7 and 4.6.8).

The actions of the workflow come first, those of the step override them by name. What is objected to is reported
at its place in that combined list, below the step, as Spectral does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from contracts.pointers import Path
from linters.lint.function import Problem

from . import _criteria
from ._documents import Part, listed, named, source_name, sources, steps, workflows
from ._expressions import holds
from ._reusable import Entry, combined, marked, naming_flaws


@dataclass(frozen=True, slots=True)
class Kind:
    """One of the two kinds of action: where they are written, and which types may lead elsewhere."""

    word: str
    of_step: str
    of_workflow: str
    leading: tuple[str, ...]


SUCCESS = Kind("success", "onSuccess", "successActions", ("goto",))
FAILURE = Kind("failure", "onFailure", "failureActions", ("goto", "retry"))


def flaws(root: Any, kind: Kind) -> Iterator[Problem]:
    """Everything wrong with the actions of one kind in the document."""
    for workflow in workflows(root):
        for path, step in steps(workflow):
            told: set[str] = set()
            of_workflow = _actions(listed(workflow[1], kind.of_workflow), root, kind)
            of_step = _actions(listed(step, kind.of_step), root, kind)
            for index, action in enumerate(combined(of_workflow, of_step)):
                place = (*path, kind.of_step, index)
                yield from naming_flaws(action, place, told, f"{kind.word} action")
                if action.value.get("type") in kind.leading:
                    yield from _targets(action.value, place, workflow, root)
                for number, criterion in enumerate(listed(action.value, "criteria")):
                    yield from _criteria.flaws(criterion, (*place, "criteria", number), root)


def _actions(written: list[Any], root: Any, kind: Kind) -> list[Entry]:
    return marked((_action(item, root, kind) for item in written), lambda action: action.name)


def _action(item: Any, root: Any, kind: Kind) -> Entry | None:
    """An action, or what a Reusable Object stands for; None for what is neither."""
    if not isinstance(item, dict):
        return None
    if "reference" in item:
        reference = str(item["reference"])
        prefix = f"$components.{kind.of_workflow}."
        if not reference.startswith(prefix) or not holds(reference, root):
            return Entry(reference, {}, dangling=True)
        item = named(root, "components", kind.of_workflow, reference.removeprefix(prefix))
    if not isinstance(item.get("name"), str) or "type" not in item:
        return None
    return Entry(item["name"], item)


def _targets(action: dict[str, Any], place: Path, workflow: Part, root: Any) -> Iterator[Problem]:
    """`goto` and `retry` lead to a workflow or to a step, and not to both."""
    workflow_id, step_id = action.get("workflowId"), action.get("stepId")
    if isinstance(workflow_id, str):
        if workflow_id.startswith("$"):
            if not holds(workflow_id, root) or source_name(workflow_id) not in sources(root):
                yield Problem(f"`{workflow_id}` names no source description of this document.", at=place)
        elif all(other.get("workflowId") != workflow_id for _, other in workflows(root)):
            yield Problem(f"There is no workflow `{workflow_id}` in this document.", at=place)
    if step_id is not None and all(step.get("stepId") != step_id for _, step in steps(workflow)):
        yield Problem(f"There is no step `{step_id}` in this workflow.", at=place)
    if workflow_id is not None and step_id is not None:
        yield Problem("The action leads to a workflow and to a step. Leave only one of them.", at=place)
