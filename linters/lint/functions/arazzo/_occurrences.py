"""Where runtime expressions stand in a workflow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from contracts.pointers import Path

from . import _conditions
from ._documents import Part
from ._grammar import embedded, is_meant

_EXPRESSIONS = frozenset({"context", "reference", "correlationId"})
_DATA = frozenset({"payload", "value"})
_OPEN = frozenset(
    {"steps", "parameters", "requestBody", "replacements", "successCriteria", "criteria"}
) | frozenset({"onSuccess", "onFailure", "successActions", "failureActions"})
_DEEPEST = 100


@dataclass(frozen=True, slots=True)
class Occurrence:
    """An expression, where its text stands, and whether parts may be selected from what it gives."""

    path: Path
    text: str
    selecting: bool = False


def of(workflow: Part) -> Iterator[Occurrence]:
    """Those of a workflow in the order of the document. Data that is nested too deep is not looked into."""
    path, holder = workflow
    yield from _in_object(path, holder)


def _in_object(path: Path, node: Any) -> Iterator[Occurrence]:
    """`node` is an object of the specification, or a list of some."""
    if len(path) > _DEEPEST:
        return
    if isinstance(node, list):
        for index, item in enumerate(node):
            yield from _in_object((*path, index), item)
    if not isinstance(node, dict):
        return
    for key, child in node.items():
        below = (*path, key)
        if key in _EXPRESSIONS:
            yield from _whole(below, child)
        elif key == "condition":
            yield from _in_condition(below, child, node.get("type"))
        elif key == "outputs" and isinstance(child, dict):
            for name, value in child.items():
                yield from _whole((*below, name), value)
        elif key in _DATA:
            yield from _in_data(below, child, 0)
        elif key in _OPEN:
            yield from _in_object(below, child)


def _whole(path: Path, value: Any) -> Iterator[Occurrence]:
    """The text is an expression, whatever it looks like; an object in its place is a Selector Object."""
    if isinstance(value, str):
        yield Occurrence(path, value)
    elif isinstance(value, dict) and isinstance(value.get("context"), str):
        yield Occurrence((*path, "context"), value["context"])


def _in_data(path: Path, value: Any, depth: int) -> Iterator[Occurrence]:
    if isinstance(value, str):
        if is_meant(value):
            yield Occurrence(path, value)
        else:
            yield from (Occurrence(path, text) for text in embedded(value))
    elif isinstance(value, dict | list) and depth < _DEEPEST:
        children = value.items() if isinstance(value, dict) else enumerate(value)
        for key, child in children:
            yield from _in_data((*path, key), child, depth + 1)


def _in_condition(path: Path, condition: Any, kind: Any) -> Iterator[Occurrence]:
    if not isinstance(condition, str):
        return
    if kind in (None, "simple"):
        yield from (Occurrence(path, text, selecting=True) for text in _conditions.expressions(condition))
    else:
        yield from (Occurrence(path, text) for text in embedded(condition))
