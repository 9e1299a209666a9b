"""Which way data flows, and what that does to properties that flow one way only."""

from __future__ import annotations

from contextlib import suppress
from enum import Enum
from typing import Any

from contracts.errors import UnresolvableReference
from contracts.references import DocumentSet, Located


class Direction(Enum):
    """A request flows from the consumer to the provider, a response back."""

    REQUEST = "request"
    RESPONSE = "response"

    @property
    def absent(self) -> str:
        """The keyword that marks properties which do not flow this way."""
        return "readOnly" if self is Direction.REQUEST else "writeOnly"


_DEPTH = 16
"""How many `allOf` and `$ref` steps are followed; deeper compositions are not found in practice."""


def one_way_properties(documents: DocumentSet, node: Located, direction: Direction) -> frozenset[str]:
    """Names of the properties that do not flow in `direction`: the schema's own and its `allOf` members'.

    "If the property is marked as readOnly being true and is in the required list, the required will take
    effect on the response only" (OpenAPI 3.0.3, "Schema Object", Fixed Fields).
    """
    found: set[str] = set()
    for part in _parts(documents, node, _DEPTH):
        properties = part.value.get("properties")
        if isinstance(properties, dict):
            held = part.child("properties")
            found.update(
                name for name in properties if _is_marked(documents, held.child(name), direction.absent)
            )
    return frozenset(found)


def required_properties(documents: DocumentSet, node: Located) -> frozenset[str]:
    """Names that the schema or one of its `allOf` members requires."""
    found: set[str] = set()
    for part in _parts(documents, node, _DEPTH):
        required = part.value.get("required")
        if isinstance(required, list):
            found.update(name for name in required if isinstance(name, str))
    return frozenset(found)


def _is_marked(documents: DocumentSet, node: Located, keyword: str) -> bool:
    return any(part.value.get(keyword) is True for part in _parts(documents, node, _DEPTH))


def _parts(documents: DocumentSet, node: Located, depth: int) -> list[Located]:
    """The schema and every schema that it is by `$ref` and `allOf`."""
    if depth == 0 or not isinstance(node.value, dict):
        return []
    value: dict[str, Any] = node.value
    parts = [node]
    if isinstance(value.get("$ref"), str):
        with suppress(UnresolvableReference):  # it is a problem of the set already
            parts += _parts(documents, documents.lookup(value["$ref"], node.source), depth - 1)
    if isinstance(value.get("allOf"), list):
        held = node.child("allOf")
        for index in range(len(held.value)):
            parts += _parts(documents, held.child(index), depth - 1)
    return parts
