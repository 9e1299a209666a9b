"""Which way data flows, and what that does to properties that flow one way only."""

from __future__ import annotations

from enum import Enum

from contracts.references import DocumentSet, Located

from .composition import parts


class Direction(Enum):
    """A request flows from the consumer to the provider, a response back."""

    REQUEST = "request"
    RESPONSE = "response"

    @property
    def absent(self) -> str:
        """The keyword that marks properties which do not flow this way."""
        return "readOnly" if self is Direction.REQUEST else "writeOnly"


def one_way_properties(documents: DocumentSet, node: Located, direction: Direction) -> frozenset[str]:
    """Names of the properties that do not flow in `direction`: the schema's own and its `allOf` members'.

    "If the property is marked as readOnly being true and is in the required list, the required will take
    effect on the response only" (OpenAPI 3.0.3, "Schema Object", Fixed Fields).
    """
    found: set[str] = set()
    if not documents.mentions(direction.absent):
        return frozenset()
    for part in parts(documents, node):
        properties = part.value.get("properties")
        if isinstance(properties, dict):
            held = part.child("properties")
            found.update(
                name for name in properties if _is_marked(documents, held.child(name), direction.absent)
            )
    return frozenset(found)


def one_way_patterns(documents: DocumentSet, node: Located, direction: Direction) -> frozenset[str]:
    """Patterns of the schema's own `patternProperties` whose properties do not flow in `direction`."""
    if not isinstance(node.value.get("patternProperties"), dict):
        return frozenset()
    held = node.child("patternProperties")
    return frozenset(name for name in held.value if _is_marked(documents, held.child(name), direction.absent))


def _is_marked(documents: DocumentSet, node: Located, keyword: str) -> bool:
    return any(part.value.get(keyword) is True for part in parts(documents, node))
