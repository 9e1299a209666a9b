"""The examples that stand in schemas: `example`, `examples` and `default` of a schema and of all below it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from contracts.elements.common import Origin, Schema
from contracts.errors import UnresolvableReference
from contracts.references import DocumentSet, Located
from contracts.schemas.keywords import LIST, MAP, ONE, REFERENCE_ALONE

from .shown import Shown


def of_schemas(documents: DocumentSet, roots: Iterable[Schema]) -> Iterator[Shown]:
    """What is reached from the roots, each schema once, also where it is written in another file."""
    seen: set[Origin] = set()
    for root in roots:
        stack = [Located(root.value, root.origin.source, root.origin.path)]
        while stack:
            node = stack.pop()
            origin = Origin(node.source, node.path)
            if origin in seen or not isinstance(node.value, dict):
                continue
            seen.add(origin)
            if isinstance(node.value.get("$ref"), str):
                stack.extend(_target(documents, node))
                if root.dialect in REFERENCE_ALONE:
                    continue
            yield from _beside(node, Schema(node.value, origin, root.dialect))
            stack.extend(_below(node))


def _target(documents: DocumentSet, node: Located) -> Iterator[Located]:
    try:
        yield documents.resolve(node.value["$ref"], node.source)
    except UnresolvableReference:
        return  # `invalid-ref` tells of it


def _beside(node: Located, schema: Schema) -> Iterator[Shown]:
    for key in ("example", "default"):
        if key in node.value:
            yield Shown(node.value[key], Origin(node.source, (*node.path, key)), schema, None)
    listed = node.value.get("examples")
    for index, value in enumerate(listed if isinstance(listed, list) else ()):
        yield Shown(value, Origin(node.source, (*node.path, "examples", index)), schema, None)


def _below(node: Located) -> Iterator[Located]:
    for key, value in node.value.items():
        held = node.child(key)
        if key in ONE and isinstance(value, dict):
            yield held
        elif key in LIST and isinstance(value, list):
            yield from (held.child(index) for index in range(len(value)))
        elif key in MAP and isinstance(value, dict):
            yield from (held.child(name) for name in value)
