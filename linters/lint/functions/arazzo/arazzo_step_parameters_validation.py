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

_VALUE = re.compile(
    r"\$inputs\.|\$steps\.[A-Za-z0-9_-]+\.|\$workflows\.[A-Za-z0-9_-]+\.steps\.[A-Za-z0-9_-]+\."
)
_PREFIX = "$components.parameters."


@dataclass(frozen=True, slots=True)
class _Parameter:
    """A parameter. `dangling`: a reference that leads nowhere. `again`: its list has `name` and `in` already."""

    name: str
    value: dict[str, Any]
    dangling: bool = False
    again: bool = False

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
                combined = _combined(workflow[1], step, target)
                yield from _names(combined, path)
                yield from _places(combined, step, (*path, "parameters"))
                yield from _values(combined, path, target)


def _combined(workflow: dict[str, Any], step: dict[str, Any], root: Any) -> list[_Parameter]:
    combined = _parameters(listed(workflow, "parameters"), root)
    for parameter in _parameters(listed(step, "parameters"), root):
        known = [other.identity for other in combined]
        if parameter.identity in known:
            combined[known.index(parameter.identity)] = parameter
        else:
            combined.append(parameter)
    return combined


def _parameters(written: list[Any], root: Any) -> list[_Parameter]:
    found: list[_Parameter] = []
    for item in written:
        parameter = _parameter(item, root)
        if parameter is None:
            continue
        again = any(
            (other.name, other.place) == (parameter.name, parameter.place) and not other.again
            for other in found
        )
        found.append(_Parameter(parameter.name, parameter.value, parameter.dangling, again))
    return found


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


def _names(combined: list[_Parameter], path: Path) -> Iterator[Problem]:
    told: set[str] = set()
    for index, parameter in enumerate(combined):
        place = (*path, "parameters", index)
        if parameter.name in told:
            yield Problem(f"Another parameter of this step is called `{parameter.name}`.", at=place)
        told.add(parameter.name)
        if parameter.again:
            yield Problem(f"The parameter `{parameter.name}` is listed twice. Remove one.", at=place)
        elif parameter.dangling:
            message = f"The reference `{parameter.name}` leads to no parameter in the components."
            yield Problem(message, at=place)


def _places(combined: list[_Parameter], step: dict[str, Any], path: Path) -> Iterator[Problem]:
    with_place = any(parameter.place is not None for parameter in combined)
    without = any(parameter.place is None for parameter in combined)
    if with_place and without:
        yield Problem("Some parameters state `in` and others do not. Of a step, all do or none.", at=path)
    if step.get("workflowId") is not None and with_place:
        yield Problem("What a workflow is given are inputs, and they have no `in`. Remove it.", at=path)
    if (step.get("operationId") is not None or step.get("operationPath") is not None) and without:
        yield Problem("A parameter of an operation states in which part of the call it goes: `in`.", at=path)


def _values(combined: list[_Parameter], path: Path, root: Any) -> Iterator[Problem]:
    for index, parameter in enumerate(combined):
        value = parameter.value.get("value")
        if not isinstance(value, str) or not value.startswith("$"):
            continue
        if _VALUE.match(value) is None or not holds(value, root, int(path[1])):
            message = f"The value `{value}` is no runtime expression that leads anywhere."
            yield Problem(message, at=(*path, "parameters", index))


FUNCTION = Function("arazzoStepParametersValidation", None, _prepare)
