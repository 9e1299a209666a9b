"""What kinds of value a schema speaks of, as far as that can be seen without a value.

Text on the wire (parameters, forms, headers) does not say whether `5` is a number. The schema's shape decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

TYPES = frozenset({"string", "number", "integer", "boolean", "null", "array", "object"})
SCALARS = frozenset({"string", "number", "integer", "boolean", "null"})
_DEPTH = 8
_NODES = 4000


@dataclass(frozen=True, slots=True)
class Shape:
    """`types` the schema may accept; for arrays the shape of items, for objects those of properties.

    `additional` is the shape of properties that are not named, None where there may be none.
    """

    types: frozenset[str] = TYPES
    items: Shape | None = None
    properties: Mapping[str, Shape] = field(default_factory=dict)
    additional: Shape | None = None
    stated: bool = False
    """Whether the schema says anything about types at all."""
    xml: Mapping[str, Any] = field(default_factory=dict)
    """The schema's XML Object: how the value is written in XML."""
    words: bool = False
    """Whether booleans may be written as words (`yes`, `on`, `1`)."""

    @property
    def scalar(self) -> bool:
        """Whether it can be a single text, number, boolean or null."""
        return bool(self.types & SCALARS)

    @property
    def array(self) -> bool:
        return "array" in self.types

    @property
    def object(self) -> bool:
        return "object" in self.types


ANY = Shape()


def shape_of(schema: dict[str, Any] | bool, depth: int = _DEPTH, *, words: bool = False) -> Shape:
    """The shape of a translated schema, some levels deep. `words` says how its booleans may be written."""
    definitions = schema.get("$defs", {}) if isinstance(schema, dict) else {}
    return _Sight(definitions, words).look(schema, depth)


class _Sight:
    def __init__(self, definitions: Mapping[str, Any], words: bool) -> None:
        self._definitions = definitions
        self._words = words
        self._left = _NODES

    def look(self, schema: Any, depth: int) -> Shape:
        self._left -= 1
        if not isinstance(schema, dict) or depth <= 0 or self._left <= 0:
            return ANY
        shape = self._own(schema, depth)
        reference = schema.get("$ref")
        if isinstance(reference, str) and reference.startswith("#/$defs/"):
            shape = _both(shape, self.look(self._definitions.get(reference[8:]), depth - 1))
        for part in schema.get("allOf", ()):
            shape = _both(shape, self.look(part, depth - 1))
        for keyword in ("anyOf", "oneOf"):
            if schema.get(keyword):
                shape = _both(shape, self._either(schema[keyword], depth))
        return shape

    def _own(self, schema: dict[str, Any], depth: int) -> Shape:
        types = schema.get("type")
        named = frozenset([types] if isinstance(types, str) else types) if types is not None else None
        if named is None and ("enum" in schema or "const" in schema):
            named = frozenset(map(_type_of, schema.get("enum", [schema.get("const")])))
        if named is not None and "number" in named:
            named |= {"integer"}
        hinted = named
        if hinted is None:
            # Without a type, properties speak of an object and items of an array.
            hinted = TYPES
        items = schema.get("items")
        properties = schema.get("properties", {})
        additional = schema.get("additionalProperties", True)
        return Shape(
            types=hinted,
            items=None if items is None else self.look(items, depth - 1),
            properties={name: self.look(held, depth - 1) for name, held in properties.items()},
            additional=None if additional is False else self.look(additional, depth - 1),
            stated=named is not None,
            xml=schema.get("xml", {}),
            words=self._words,
        )

    def _either(self, alternatives: list[Any], depth: int) -> Shape:
        shapes = [self.look(alternative, depth - 1) for alternative in alternatives]
        properties: dict[str, Shape] = {}
        for shape in shapes:
            for name, held in shape.properties.items():
                properties[name] = _one_of(properties[name], held) if name in properties else held
        items = [shape.items for shape in shapes if shape.items is not None]
        merged = items[0] if items else None
        for other in items[1:]:
            merged = _one_of(merged, other) if merged is not None else other
        return Shape(
            types=frozenset().union(*(shape.types for shape in shapes)),
            items=merged,
            properties=properties,
            additional=next((shape.additional for shape in shapes if shape.additional is not None), None),
            stated=all(shape.stated for shape in shapes),
            xml=next((shape.xml for shape in shapes if shape.xml), {}),
            words=self._words,
        )


def _both(left: Shape, right: Shape) -> Shape:
    properties = dict(left.properties)
    for name, held in right.properties.items():
        properties[name] = _both(properties[name], held) if name in properties else held
    closed = left.additional is None or right.additional is None
    more = left.additional if left.additional is not None and left.additional.stated else right.additional
    return Shape(
        types=left.types & right.types,
        items=left.items
        if right.items is None
        else right.items
        if left.items is None
        else _both(left.items, right.items),
        properties=properties,
        additional=None if closed else more,
        stated=left.stated or right.stated,
        xml={**right.xml, **left.xml},
        words=left.words or right.words,
    )


def _one_of(left: Shape, right: Shape) -> Shape:
    return Shape(
        types=left.types | right.types,
        items=left.items or right.items,
        properties={**left.properties, **right.properties},
        additional=left.additional or right.additional,
        stated=left.stated and right.stated,
        xml={**right.xml, **left.xml},
        words=left.words or right.words,
    )


def _type_of(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "integer"
    for kind, name in ((float, "number"), (str, "string"), (list, "array")):
        if isinstance(value, kind):
            return name
    return "object"
