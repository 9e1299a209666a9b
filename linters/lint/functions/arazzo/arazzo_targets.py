"""`arazzoTargets`: steps, actions and dependencies lead to a workflow, step or source description that exists.

A function of Lading's. The target is the document. Whether an operation exists in the document that a source
description names is not judged: that document is not among the files that references lead to.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from contracts.pointers import Path
from linters.lint.function import Check, Context, Function, Problem

from ._documents import Part, listed, sources, steps, workflows

_IN_SOURCE = re.compile(r"\$sourceDescriptions\.([A-Za-z0-9_-]+)\.(.+)")
_PATH = re.compile(r"\{\$sourceDescriptions\.([A-Za-z0-9_-]+)\.url\}#/.+")
_OTHER_STEP = re.compile(r"\$workflows\.([A-Za-z0-9_-]+)\.steps\.([A-Za-z0-9_-]+)")


def _prepare(_options: Mapping[str, Any]) -> Check:
    return _check


def _check(target: Any, _context: Context) -> Iterable[Problem]:
    known = {
        workflow["workflowId"]: (path, workflow)
        for path, workflow in workflows(target)
        if isinstance(workflow.get("workflowId"), str)
    }
    return _Targets(target, known).problems()


class _Targets:
    def __init__(self, root: Any, known: Mapping[str, Part]) -> None:
        self.root = root
        self.known = known
        self.sources = sources(root)
        self.callable = [name for name, source in self.sources.items() if source.get("type") != "arazzo"]

    def problems(self) -> Iterator[Problem]:
        for workflow in workflows(self.root):
            path, holder = workflow
            for index, name in enumerate(listed(holder, "dependsOn")):
                yield from self._workflow(name, (*path, "dependsOn", index))
            yield from self._actions(workflow, workflow, ("successActions", "failureActions"))
            for step in steps(workflow):
                yield from self._step(step, workflow)
                yield from self._actions(step, workflow, ("onSuccess", "onFailure"))

    def _step(self, step: Part, workflow: Part) -> Iterator[Problem]:
        path, holder = step
        yield from self._workflow(holder.get("workflowId"), (*path, "workflowId"))
        yield from self._operation(holder.get("operationId"), (*path, "operationId"))
        for field in ("operationPath", "channelPath"):
            yield from self._pointer(holder.get(field), (*path, field))
        for index, name in enumerate(listed(holder, "dependsOn")):
            yield from self._awaited(name, workflow, (*path, "dependsOn", index))

    def _actions(self, part: Part, workflow: Part, fields: tuple[str, ...]) -> Iterator[Problem]:
        path, holder = part
        for field in fields:
            for index, action in enumerate(listed(holder, field)):
                if isinstance(action, dict):
                    place = (*path, field, index)
                    yield from self._workflow(action.get("workflowId"), (*place, "workflowId"))
                    yield from self._sibling(action.get("stepId"), workflow, (*place, "stepId"))

    def _workflow(self, name: Any, place: Path) -> Iterator[Problem]:
        if not isinstance(name, str):
            return
        if name.startswith("$"):
            yield from self._source(_IN_SOURCE.fullmatch(name), name, place, "arazzo")
        elif name not in self.known:
            yield Problem(f"There is no workflow `{name}`. {_advice(name, self.known)}", at=place)

    def _operation(self, name: Any, place: Path) -> Iterator[Problem]:
        if not isinstance(name, str):
            return
        if name.startswith("$"):
            yield from self._source(_IN_SOURCE.fullmatch(name), name, place, None)
        elif len(self.callable) > 1:
            message = (
                f"There are {len(self.callable)} source descriptions that may have an operation `{name}`. "
                f"Say which one is meant: `$sourceDescriptions.{self.callable[0]}.{name}`."
            )
            yield Problem(message, at=place)

    def _pointer(self, text: Any, place: Path) -> Iterator[Problem]:
        if isinstance(text, str):
            match = _PATH.fullmatch(text)
            if match is None:
                form = "{$sourceDescriptions.<name>.url}#/<pointer>"
                yield Problem(f"`{text}` is not of the form `{form}`.", at=place)
            else:
                yield from self._source(match, text, place, None)

    def _source(
        self, match: re.Match[str] | None, text: str, place: Path, kind: str | None
    ) -> Iterator[Problem]:
        if match is None:
            yield Problem(f"`{text}` is not of the form `$sourceDescriptions.<name>.<id>`.", at=place)
        elif match[1] not in self.sources:
            advice = _advice(match[1], self.sources)
            yield Problem(f"There is no source description `{match[1]}`. {advice}", at=place)
        elif kind is not None and self.sources[match[1]].get("type", kind) != kind:
            yield Problem(f"The source description `{match[1]}` has no workflows.", at=place)

    def _sibling(self, name: Any, workflow: Part, place: Path) -> Iterator[Problem]:
        if isinstance(name, str):
            ids = [step["stepId"] for _, step in steps(workflow) if isinstance(step.get("stepId"), str)]
            if name not in ids:
                message = f"There is no step `{name}` in this workflow. {_advice(name, ids)}"
                yield Problem(message, at=place)

    def _awaited(self, name: Any, workflow: Part, place: Path) -> Iterator[Problem]:
        if not isinstance(name, str) or not name.startswith("$"):
            yield from self._sibling(name, workflow, place)
        elif match := _OTHER_STEP.fullmatch(name):
            other = self.known.get(match[1])
            if other is None:
                yield Problem(f"There is no workflow `{match[1]}`. {_advice(match[1], self.known)}", at=place)
            else:
                yield from self._sibling(match[2], other, place)
        else:
            yield from self._source(_IN_SOURCE.fullmatch(name), name, place, "arazzo")


def _advice(wanted: str, known: Iterable[str]) -> str:
    names = list(known)
    close = difflib.get_close_matches(wanted, names, n=1)
    if close:
        return f"Did you mean `{close[0]}`?"
    listing = ", ".join(f"`{name}`" for name in names[:10])
    return f"There are {listing}." if listing else "None is defined."


FUNCTION = Function("arazzoTargets", None, _prepare)
