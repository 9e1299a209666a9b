"""`unreferencedReusableObject`: each reusable definition is referred to from somewhere.

With `unlessBroken`, an option of Lading's, nothing is said while references lead nowhere: they may have meant it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from contracts.errors import UnresolvableReference
from contracts.pointers import Path, from_pointer
from contracts.references import DocumentSet, Located
from linters.lint.function import Check, Context, Function, Problem

Used: TypeAlias = "frozenset[tuple[str, Path]]"
Cell: TypeAlias = "tuple[Cell, str | int] | None"
"""The way to a node: that to its parent, and one step more. Few of them are ever written out."""

_MEMO = "unreferencedReusableObject"


def _prepare(options: Mapping[str, Any]) -> Check:
    location = from_pointer(options["reusableObjectsLocation"].rstrip("/"))

    def check(target: Any, context: Context) -> Iterable[Problem]:
        if not isinstance(target, dict) or (options.get("unlessBroken") and context.documents.problems):
            return
        used: Used | None = context.memo.get(_MEMO)
        if used is None:
            used = context.memo[_MEMO] = _referenced(context.documents)
        source = context.documents.root.source
        for name in target:
            if (source, (*location, name)) not in used:
                yield Problem(f'"{name}" is not referred to from anywhere.', (name,))

    return check


def _referenced(documents: DocumentSet) -> Used:
    """Every place that some `$ref` names, and the places above it; references from within do not count."""
    found: set[tuple[str, Path]] = set()
    for name, document in documents.documents.items():
        shared: dict[str, int] = {}
        """By reference: how far the way to its target goes along with the way to itself, the shortest seen."""
        targets: dict[str, Located | None] = {}
        for cell, reference in _references(document.value):
            before = shared.get(reference)
            if before == 0:
                continue  # the whole way to its target is noted
            if reference not in targets:
                targets[reference] = _target(documents, reference, name)
            target = targets[reference]
            if target is None:
                continue
            common = _common(_path(cell), target.path) if target.source == name else 0
            if before is None or common < before:
                shared[reference] = common
                depths = range(common + 1, len(target.path) + 1)
                found.update((target.source, target.path[:depth]) for depth in depths)
    return frozenset(found)


def _target(documents: DocumentSet, reference: str, base: str) -> Located | None:
    try:
        return documents.lookup(reference, base)
    except UnresolvableReference:
        return None


def _references(value: Any) -> Iterator[tuple[Cell, str]]:
    stack: list[tuple[Cell, Any]] = [(None, value)]
    while stack:
        cell, node = stack.pop()
        if node.__class__ is dict:
            reference = node.get("$ref")
            if isinstance(reference, str):
                yield cell, reference
            for key, child in node.items():
                if child.__class__ is dict or child.__class__ is list:
                    stack.append(((cell, key), child))
        elif node.__class__ is list:
            for index, child in enumerate(node):
                if child.__class__ is dict or child.__class__ is list:
                    stack.append(((cell, index), child))


def _path(cell: Cell) -> Path:
    path: list[str | int] = []
    while cell is not None:
        cell, part = cell
        path.append(part)
    return tuple(reversed(path))


def _common(one: Path, other: Path) -> int:
    """How many steps two ways have in common."""
    steps = zip(one, other, strict=False)
    return next((depth for depth, (a, b) in enumerate(steps) if a != b), min(len(one), len(other)))


FUNCTION = Function(
    "unreferencedReusableObject",
    {
        "type": "object",
        "properties": {
            "reusableObjectsLocation": {"type": "string", "pattern": "^#(/([^~]|~[01])*)?$"},
            "unlessBroken": {"type": "boolean"},
        },
        "required": ["reusableObjectsLocation"],
        "additionalProperties": False,
    },
    _prepare,
    required=True,
)
