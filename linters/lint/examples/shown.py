"""One example, and the maps of examples that OpenAPI has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from contracts.elements.common import Origin, Raw, Schema
from contracts.errors import UnresolvableReference
from contracts.references import DocumentSet, Located
from contracts.schemas import Direction


@dataclass(frozen=True, slots=True)
class Shown:
    """A value that stands at `origin` as an example of `schema`.

    `direction` is the way in which it travels; None where it stands at a schema and may travel either way.
    """

    value: Any
    origin: Origin
    schema: Schema
    direction: Direction | None


def beside(
    documents: DocumentSet, raw: Raw, origin: Origin, schema: Schema, direction: Direction | None
) -> Iterator[Shown]:
    """`example` and `examples` of a parameter, header or media type (OpenAPI 3.1.1, "Working with Examples").

    A value that is kept elsewhere (`externalValue`) or only serialised is not judged.
    """
    if "example" in raw:
        yield Shown(raw["example"], _at(origin, "example"), schema, direction)
    named = raw.get("examples")
    for name, held in named.items() if isinstance(named, dict) else ():
        node = followed(documents, Located(held, origin.source, (*origin.path, "examples", name)))
        for key in ("value", "dataValue"):
            if isinstance(node.value, dict) and key in node.value:
                place = Origin(node.source, (*node.path, key))
                yield Shown(node.value[key], place, schema, direction)


def followed(documents: DocumentSet, node: Located) -> Located:
    """What a `$ref` stands for, or the node itself where it is none or leads nowhere."""
    if isinstance(node.value, dict) and isinstance(node.value.get("$ref"), str):
        try:
            return documents.resolve(node.value["$ref"], node.source)
        except UnresolvableReference:
            return node
    return node


def _at(origin: Origin, key: str) -> Origin:
    return Origin(origin.source, (*origin.path, key))
