"""Schemas as trees of nodes: finite, whatever the schema refers to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from contracts.model import Origin, Schema
from contracts.references import DocumentSet, Located

from . import wording
from .merging import Merged, Stack, merge

DEPTHS = (7, 5, 4, 3, 2, 1)
MOST_NODES = 400
MOST_VALUES = 60
_FOREIGN = ("avro", "raml", "protobuf")

Role = Literal["root", "property", "variant", "other"]
End = Literal["", "recursive", "deep", "many"]


@dataclass(frozen=True, slots=True)
class Node:
    """`end` says why there are no children where the schema has some: it recurs, lies too deep, or is one too many.

    `raw` is set for a schema in a language that is shown as it is written.
    """

    name: str
    role: Role
    type: str
    origin: Origin
    reference: str = ""
    required: bool = False
    deprecated: bool = False
    description: str = ""
    rules: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    children: tuple[Node, ...] = ()
    end: End = ""
    problem: str = ""
    raw: Any = None


class _TooMany(Exception):
    """The tree has more nodes than are shown at once."""


def tree(documents: DocumentSet, schema: Schema, name: str = "") -> Node:
    """The tree of a schema, as deep as the number of nodes allows."""
    if not isinstance(schema.value, dict | bool) or schema.dialect.startswith(_FOREIGN):
        return Node(name, "root", schema.dialect, schema.origin, raw=schema.value)
    located = Located(schema.value, schema.origin.source, schema.origin.path)
    for depth in DEPTHS:
        try:
            return _Grower(documents, MOST_NODES).grow(name, "root", located, depth, frozenset())
        except _TooMany:
            continue
    return _Grower(documents, None).grow(name, "root", located, 1, frozenset())


class _Grower:
    def __init__(self, documents: DocumentSet, most: int | None) -> None:
        self._documents = documents
        self._left = most

    def grow(
        self, name: str, role: Role, located: Located, depth: int, above: Stack, *, required: bool = False
    ) -> Node:
        """The node of one schema and what is below it."""
        if self._left is not None:
            self._left -= 1
            if self._left < 0:
                raise _TooMany
        merged = merge(self._documents, located)
        inner, wrapped = self._innermost(merged, above)
        children, end = self._children(
            inner, depth, above | merged.places | inner.places, recurs=bool(inner.places & above)
        )
        keywords = merged.keywords
        return Node(
            name=name,
            role=role,
            type=self._type(merged, inner, wrapped),
            origin=inner.origin,
            reference=inner.name,
            required=required,
            deprecated=keywords.get("deprecated") is True,
            description=_text(keywords.get("description")) or _text(keywords.get("title")),
            rules=(
                *wording.rules(keywords),
                *(f"each {rule}" for rule in wording.rules(inner.keywords) if wrapped),
            ),
            values=_values(keywords.get("enum") or (inner.keywords.get("enum") if wrapped else None)),
            examples=_examples(keywords),
            children=children,
            end=end,
            problem=merged.problem or inner.problem,
        )

    def _innermost(self, merged: Merged, above: Stack) -> tuple[Merged, int]:
        """Through the items of arrays to what they hold: an array of orders is drawn as an order."""
        wrapped = 0
        while "array" in wording.types(merged.keywords) and "items" in merged.located and wrapped < 4:
            if not isinstance(merged.keywords["items"], dict) or merged.places & above:
                break
            merged = merge(self._documents, merged.located["items"])
            wrapped += 1
        return merged, wrapped

    def _children(
        self, merged: Merged, depth: int, above: Stack, *, recurs: bool
    ) -> tuple[tuple[Node, ...], End]:
        others = _others(merged)
        if not (merged.properties or merged.variants or others):
            return (), ""
        if recurs:
            return (), "recursive"
        if depth <= 0:
            return (), "deep"
        parts: list[tuple[str, Role, Located]] = [
            *((name, "property", place) for name, place in merged.properties.items()),
            *((word, "other", place) for word, place in others),
            *((word, "variant", place) for word, place in merged.variants),
        ]
        many = self._left is None and len(parts) > MOST_NODES
        grown = [
            self.grow(
                name, role, place, depth - 1, above, required=role == "property" and name in merged.required
            )
            for name, role, place in (parts[:MOST_NODES] if many else parts)
        ]
        return tuple(grown), "many" if many else ""

    def _type(self, merged: Merged, inner: Merged, wrapped: int) -> str:
        if merged.never:
            return "never"
        innermost = _plain_type(inner)
        words = "array of " * wrapped + innermost
        return words + (" or null" if wording.is_nullable(merged.keywords) and words != "null" else "")


def _plain_type(merged: Merged) -> str:
    names = wording.types(merged.keywords | ({"properties": {}} if merged.properties else {}))
    if not names:
        names = ("null",) if wording.is_nullable(merged.keywords) else ()
    if not names:
        return (
            "one of these"
            if any(word == "one of" for word, _ in merged.variants)
            else "any of these"
            if merged.variants
            else "anything"
        )
    form = merged.keywords.get("format")
    return " or ".join(names) + (f" · {form}" if isinstance(form, str) else "")


def _others(merged: Merged) -> list[tuple[str, Located]]:
    found = [(f"names that match {pattern}", place) for pattern, place in merged.patterns.items()]
    more = merged.keywords.get("additionalProperties")
    if isinstance(more, dict) and more:
        found.append(("any other name", merged.located["additionalProperties"]))
    items = merged.keywords.get("prefixItems", merged.keywords.get("items"))
    if isinstance(items, list):
        holder = merged.located["prefixItems" if "prefixItems" in merged.keywords else "items"]
        found += [(f"item {index + 1}", holder.child(index)) for index in range(len(items))]
    return found


def _values(values: Any) -> tuple[str, ...]:
    if not isinstance(values, list):
        return ()
    shown = tuple(wording.value(value) for value in values[:MOST_VALUES])
    return shown if len(values) <= MOST_VALUES else (*shown, f"and {len(values) - MOST_VALUES:,} more")


def _examples(keywords: dict[str, Any]) -> tuple[str, ...]:
    found = keywords.get("examples")
    values = found[:3] if isinstance(found, list) else [keywords["example"]] if "example" in keywords else []
    return tuple(wording.value(value) for value in values if not isinstance(value, dict | list))


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
