"""`arazzoStepParametersValidation`: the parameters of each step are sound. The target is the document.

The parameters of the workflow come first, those of the step override them by `name` and `in`. What is objected to
is reported at its place in that combined list, below the step, as Spectral does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from contracts.pointers import Path
from linters.lint.function import Check, Context, Function, Problem

from ._documents import listed, named, steps, workflows
from ._expressions import holds
from ._reusable import Entry, combined, marked, naming_flaws

_VALUE = re.compile(
    r"\$inputs\.|\$steps\.[A-Za-z0-9_-]+\.|\$workflows\.[A-Za-z0-9_-]+\.steps\.[A-Za-z0-9_-]+\."
)
_PREFIX = "$components.parameters."


@dataclass(frozen=True, slots=True)
class _Parameter(Entry):
    """A parameter; `name` and `in` together tell it apart."""

    @property
    def place(self) -> str | None:
        return self.value.get("in")

    @property
    def identity(self) -> tuple[str, str, bool, bool]:
        return (self.name, self.place or "", self.dangling, self.again)


def _prepare(_options: Mapping[str, Any]) -> Check:
    return _check


def _check(target: Any, _context: Context) -> Iterable[Problem]:
    for workflow in workflows(target):
        for path, step in steps(workflow):
            if step.get("parameters"):
                of_workflow = _parameters(listed(workflow[1], "parameters"), target)
                held = combined(of_workflow, _parameters(listed(step, "parameters"), target))
                yield from _names(held, path)
                yield from _places(held, step, (*path, "parameters"))
                yield from _values(held, path, target)


def _parameters(written: list[Any], root: Any) -> list[_Parameter]:
    return marked((_parameter(item, root) for item in written), lambda each: (each.name, each.place))


def _parameter(item: Any, root: Any) -> _Parameter | None:
    """A parameter, or what a Reusable Object stands for; None for what is neither."""
    if not isinstance(item, dict):
        return None
    if "reference" in item:
        reference = str(item["reference"])
        if not holds(reference, root):
            return _Parameter(reference, {}, dangling=True)
        item = named(root, "components", "parameters", reference.removeprefix(_PREFIX))
        if not item:
            return _Parameter(reference, {}, dangling=True)
    if not isinstance(item.get("name"), str) or not isinstance(item.get("in", ""), str):
        return None
    return _Parameter(item["name"], item)


def _names(held: list[_Parameter], path: Path) -> Iterator[Problem]:
    told: set[str] = set()
    for index, parameter in enumerate(held):
        yield from naming_flaws(parameter, (*path, "parameters", index), told, "parameter")


def _places(held: list[_Parameter], step: dict[str, Any], path: Path) -> Iterator[Problem]:
    with_place = any(parameter.place is not None for parameter in held)
    without = any(parameter.place is None for parameter in held)
    if with_place and without:
        yield Problem("Some parameters state `in` and others do not. Of a step, all do or none.", at=path)
    if step.get("workflowId") is not None and with_place:
        yield Problem("What a workflow is given are inputs, and they have no `in`. Remove it.", at=path)
    if (step.get("operationId") is not None or step.get("operationPath") is not None) and without:
        yield Problem("A parameter of an operation states in which part of the call it goes: `in`.", at=path)


def _values(held: list[_Parameter], path: Path, root: Any) -> Iterator[Problem]:
    for index, parameter in enumerate(held):
        value = parameter.value.get("value")
        if not isinstance(value, str) or not value.startswith("$"):
            continue
        if _VALUE.match(value) is None or not holds(value, root, int(path[1])):
            message = f"The value `{value}` is no runtime expression that leads anywhere."
            yield Problem(message, at=(*path, "parameters", index))


FUNCTION = Function("arazzoStepParametersValidation", None, _prepare)
