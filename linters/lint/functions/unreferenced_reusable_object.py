"""`unreferencedReusableObject`: each reusable definition is referred to from somewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from contracts.errors import UnresolvableReference
from contracts.pointers import Path, from_pointer
from contracts.references import DocumentSet
from linters.lint.function import Check, Context, Function, Problem


def _prepare(options: Mapping[str, Any]) -> Check:
    location = from_pointer(options["reusableObjectsLocation"].rstrip("/"))

    def check(target: Any, context: Context) -> Iterable[Problem]:
        if not isinstance(target, dict):
            return
        used = _referenced(context.documents)
        source = context.documents.root.source
        for name in target:
            place = (source, (*location, name))
            if place not in used:
                yield Problem(f'"{name}" is not referred to from anywhere.', (name,))

    return check


def _referenced(documents: DocumentSet) -> frozenset[tuple[str, Path]]:
    """Every place that some `$ref` names, and the places above it; references from within do not count."""
    found: set[tuple[str, Path]] = set()
    for name, document in documents.documents.items():
        for path, reference in _references(document.value):
            try:
                target = documents.lookup(reference, name)
            except UnresolvableReference:
                continue
            for depth in range(len(target.path) + 1):
                above = target.path[:depth]
                if target.source != name or path[:depth] != above or depth == 0:
                    found.add((target.source, above))
    return frozenset(found)


def _references(value: Any) -> Iterable[tuple[Path, str]]:
    stack: list[tuple[Path, Any]] = [((), value)]
    while stack:
        path, node = stack.pop()
        if isinstance(node, dict):
            reference = node.get("$ref")
            if isinstance(reference, str):
                yield path, reference
            stack.extend(((*path, key), child) for key, child in node.items())
        elif isinstance(node, list):
            stack.extend(((*path, index), child) for index, child in enumerate(node))


FUNCTION = Function(
    "unreferencedReusableObject",
    {
        "type": "object",
        "properties": {
            "reusableObjectsLocation": {"type": "string", "pattern": "^#(/([^~]|~[01])*)?$"},
        },
        "required": ["reusableObjectsLocation"],
        "additionalProperties": False,
    },
    _prepare,
    required=True,
)
