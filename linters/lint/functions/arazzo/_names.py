"""What runtime expressions may name, seen from one workflow."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable
from typing import Any

from contracts.pointers import Path

from ._documents import Part, listed, named, sources, steps, workflows
from ._grammar import Expression

_FREE = ("allOf", "anyOf", "oneOf", "$ref", "patternProperties", "if", "additionalProperties")
"""With one of these beside `properties`, a schema of inputs may know more names than it lists."""


class Names:
    """The names of a document, and of the workflow that expressions stand in."""

    def __init__(self, root: Any, workflow: Part) -> None:
        self.root = root
        self.workflow = workflow
        self.sources = sources(root)
        self.components = named(root, "components")
        self.workflows = {
            one[1]["workflowId"]: one for one in workflows(root) if isinstance(one[1].get("workflowId"), str)
        }

    def missing(self, expression: Expression, path: Path) -> str | None:
        """What an expression at `path` names that does not exist, in a sentence."""
        word, names = expression.word, [name or "" for name in expression.names]
        if word == "inputs":
            return _input(self.workflow, names[0])
        if word == "outputs":
            return self._own_output(names[0], path)
        if word == "steps":
            return _step(self.workflow, names[0], names[1])
        if word == "workflows":
            return self._in_workflow(*names)
        if word == "sourceDescriptions":
            return None if names[0] in self.sources else _absent("source description", names[0], self.sources)
        if word == "components":
            known = named(self.components, names[0])
            return None if names[1] in known else _absent(f"component in `{names[0]}`", names[1], known)
        return None

    def too_early(self, expression: Expression, path: Path) -> str | None:
        """Whether a step, to which `path` leads, needs what a later one gives."""
        if expression.word != "steps" or path[2:3] != ("steps",) or _jumps(self.workflow):
            return None
        order = [step.get("stepId") for _, step in steps(self.workflow)]
        own = self._step_at(path).get("stepId")
        wanted = expression.names[0]
        if wanted in order and own in order and order.index(wanted) > order.index(own):
            return f"The step `{wanted}` comes after this one, and has no outputs yet."
        return None

    def _own_output(self, name: str, path: Path) -> str | None:
        """In a step that calls a workflow, `$outputs` are what that gives; what another document gives is not known."""
        called = self._step_at(path).get("workflowId")
        if isinstance(called, str):
            workflow = self.workflows.get(called)
            whose = f"The workflow `{called}`"
            return None if workflow is None else _output(named(workflow[1], "outputs"), name, whose)
        return _output(named(self.workflow[1], "outputs"), name, "The workflow")

    def _step_at(self, path: Path) -> dict[str, Any]:
        """The step that `path` leads into; an empty one where it leads elsewhere in the workflow."""
        if path[2:3] != ("steps",):
            return {}
        step: dict[str, Any] = self.workflow[1]["steps"][path[3]]
        return step

    def _in_workflow(self, name: str, field: str, part: str, step: str, output: str) -> str | None:
        workflow = self.workflows.get(name)
        if workflow is None:
            return _absent("workflow", name, self.workflows)
        if field == "inputs":
            return _input(workflow, part)
        if field == "outputs":
            return _output(named(workflow[1], "outputs"), part, f"The workflow `{name}`")
        return _step(workflow, step, output)


def _input(workflow: Part, name: str) -> str | None:
    schema = named(workflow[1], "inputs")
    properties = named(schema, "properties")
    if _has(properties, name) or any(
        keyword in schema for keyword in _FREE if schema.get(keyword) is not False
    ):
        return None
    return _absent("input", name, properties)


def _step(workflow: Part, name: str, output: str) -> str | None:
    """`output` is empty where none is named."""
    known = {step["stepId"]: step for _, step in steps(workflow) if isinstance(step.get("stepId"), str)}
    if name not in known:
        return _absent("step", name, known)
    return _output(named(known[name], "outputs"), output, f"The step `{name}`") if output else None


def _output(outputs: Collection[str], name: str, whose: str) -> str | None:
    if _has(outputs, name):
        return None
    return f"{whose} has no output `{name}`. {_advice(name, outputs)}"


def _has(known: Collection[str], name: str) -> bool:
    """Whether a name is known, or the beginning of it up to a dot: the rest then picks a part of the value."""
    parts = name.split(".")
    return any(".".join(parts[:count]) in known for count in range(1, len(parts) + 1))


def _absent(what: str, name: str, known: Iterable[str]) -> str:
    return f"There is no {what} `{name}`. {_advice(name, known)}"


def _advice(name: str, known: Iterable[str]) -> str:
    names = list(known)
    close = difflib.get_close_matches(name, names, n=1)
    if close:
        return f"Did you mean `{close[0]}`?"
    listing = ", ".join(f"`{other}`" for other in names[:10])
    return f"There are {listing}." if listing else "None is defined."


def _jumps(workflow: Part) -> bool:
    """Whether steps may run in another order than they are written, or more than once."""
    parts = [workflow, *steps(workflow)]
    actions = [
        action
        for _, part in parts
        for field in ("onSuccess", "onFailure", "successActions", "failureActions")
        for action in listed(part, field)
    ]
    led = any(
        isinstance(action, dict) and ("reference" in action or action.get("type") == "goto")
        for action in actions
    )
    return led or any("dependsOn" in step for _, step in steps(workflow))
