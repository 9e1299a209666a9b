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


@dataclass(frozen=True, slots=True)
class Kind:
    """One of the two kinds of action: where they are written, and which types may lead elsewhere."""

    word: str
    of_step: str
    of_workflow: str
    leading: tuple[str, ...]


SUCCESS = Kind("success", "onSuccess", "successActions", ("goto",))
FAILURE = Kind("failure", "onFailure", "failureActions", ("goto", "retry"))


@dataclass(frozen=True, slots=True)
class _Action:
    """An action by its name. `dangling`: a reference that leads nowhere. `again`: its list has the name already."""

    name: str
    value: dict[str, Any]
    dangling: bool = False
    again: bool = False

    @property
    def identity(self) -> tuple[str, bool, bool]:
        return (self.name, self.dangling, self.again)


def flaws(root: Any, kind: Kind) -> Iterator[Problem]:
    """Everything wrong with the actions of one kind in the document."""
    for workflow in workflows(root):
        for path, step in steps(workflow):
            told: set[str] = set()
            for index, action in enumerate(_combined(workflow[1], step, root, kind)):
                place = (*path, kind.of_step, index)
                yield from _names(action, place, told, kind)
                if action.value.get("type") in kind.leading:
                    yield from _targets(action.value, place, workflow, root)
                for number, criterion in enumerate(listed(action.value, "criteria")):
                    yield from _criteria.flaws(criterion, (*place, "criteria", number), root)


def _combined(workflow: dict[str, Any], step: dict[str, Any], root: Any, kind: Kind) -> list[_Action]:
    combined = _actions(listed(workflow, kind.of_workflow), root, kind)
    for action in _actions(listed(step, kind.of_step), root, kind):
        known = [other.identity for other in combined]
        if action.identity in known:
            combined[known.index(action.identity)] = action
        else:
            combined.append(action)
    return combined


def _actions(written: list[Any], root: Any, kind: Kind) -> list[_Action]:
    found: list[_Action] = []
    for item in written:
        action = _action(item, root, kind)
        if action is None:
            continue
        again = any(other.name == action.name and not other.again for other in found)
        found.append(_Action(action.name, action.value, action.dangling, again))
    return found


def _action(item: Any, root: Any, kind: Kind) -> _Action | None:
    """An action, or what a Reusable Object stands for; None for what is neither."""
    if not isinstance(item, dict):
        return None
    if "reference" in item:
        reference = str(item["reference"])
        prefix = f"$components.{kind.of_workflow}."
        if not reference.startswith(prefix) or not holds(reference, root):
            return _Action(reference, {}, dangling=True)
        item = named(root, "components", kind.of_workflow, reference.removeprefix(prefix))
    if not isinstance(item.get("name"), str) or "type" not in item:
        return None
    return _Action(item["name"], item)


def _names(action: _Action, place: Path, told: set[str], kind: Kind) -> Iterator[Problem]:
    if action.name in told:
        yield Problem(f"Another {kind.word} action of this step is called `{action.name}`.", at=place)
    told.add(action.name)
    if action.again:
        yield Problem(f"The {kind.word} action `{action.name}` is listed twice. Remove one.", at=place)
    elif action.dangling:
        message = f"The reference `{action.name}` leads to no {kind.word} action in the components."
        yield Problem(message, at=place)


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
