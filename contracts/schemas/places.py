"""The places that a schema declares, and which of them a value uses.

A place is a JSON Pointer in which `*` stands for any index of a list and for any name of a map. What schemas say of one
place, through `allOf`, `anyOf`, `oneOf` and references, is taken together: it is declared if any of them declares it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from contracts.pointers import to_pointer

_DEPTH = 10
_NODES = 1000
_ENUM = 100
_ITEMS = 20
_FOUND = 500
_APPLIED = ("allOf", "anyOf", "oneOf")
_CONDITIONAL = ("then", "else")


@dataclass(slots=True)
class Spot:
    """What is declared at a place. `values` is what stands under any name of a map; `free` says that an object may
    hold names which are not declared, and that this is all that is known of it."""

    properties: dict[str, Spot] = field(default_factory=dict)
    items: Spot | None = None
    values: Spot | None = None
    enum: dict[str, None] = field(default_factory=dict)

    @property
    def free(self) -> bool:
        return not self.properties and self.values is None


@dataclass(frozen=True, slots=True)
class Use:
    """A place that a value uses; with `value`, which of the declared values stands there."""

    path: tuple[str, ...]
    value: str | None = None
    declared: bool = True

    @property
    def pointer(self) -> str:
        return to_pointer(self.path)


def spot_of(schema: Mapping[str, Any] | bool) -> Spot:
    """The places of a translated schema, to a depth and a number that are bounded. What is malformed declares nothing."""
    spot = Spot()
    _Sight(_mapping(schema, "$defs")).look(schema, spot, _DEPTH, ())
    return spot


class _Sight:
    def __init__(self, definitions: Mapping[str, Any]) -> None:
        self._definitions = definitions
        self._left = _NODES

    def look(self, schema: Any, spot: Spot, depth: int, followed: tuple[str, ...]) -> None:
        """Adds what a schema declares to a spot. `followed` are the references that led here without a step down."""
        self._left -= 1
        if not isinstance(schema, Mapping) or depth <= 0 or self._left <= 0:
            return
        reference = schema.get("$ref")
        if isinstance(reference, str) and reference.startswith("#/$defs/") and reference not in followed:
            self.look(self._definitions.get(reference[8:]), spot, depth, (*followed, reference))
        for keyword in _APPLIED:
            for part in _list(schema, keyword):
                self.look(part, spot, depth, followed)
        for keyword in _CONDITIONAL:
            self.look(schema.get(keyword), spot, depth, followed)
        self._own(schema, spot, depth)

    def _own(self, schema: Mapping[str, Any], spot: Spot, depth: int) -> None:
        for value in _list(schema, "enum")[:_ENUM]:
            spot.enum[text_of(value)] = None
        for name, held in _mapping(schema, "properties").items():
            if held is not False:
                self.look(held, spot.properties.setdefault(name, Spot()), depth - 1, ())
        if (items := schema.get("items")) is not None:
            spot.items = spot.items or Spot()
            self.look(items, spot.items, depth - 1, ())
        patterns = [*_mapping(schema, "patternProperties").values(), schema.get("additionalProperties")]
        for held in patterns:
            if isinstance(held, Mapping) and held:
                spot.values = spot.values or Spot()
                self.look(held, spot.values, depth - 1, ())


def _mapping(schema: Any, keyword: str) -> Mapping[str, Any]:
    held = schema.get(keyword) if isinstance(schema, Mapping) else None
    return held if isinstance(held, Mapping) else {}


def _list(schema: Mapping[str, Any], keyword: str) -> Sequence[Any]:
    held = schema.get(keyword)
    return held if isinstance(held, list | tuple) else ()


def declared(spot: Spot, path: tuple[str, ...] = ()) -> Iterator[Use]:
    """Every place that is declared, and every value of those that are enumerated."""
    for value in spot.enum:
        yield Use(path, value)
    for name, held in spot.properties.items():
        yield Use((*path, name))
        yield from declared(held, (*path, name))
    for below in (spot.items, spot.values):
        if below is not None:
            yield from declared(below, (*path, "*"))


def used(spot: Spot, value: Any) -> Iterator[Use]:
    """The places that a value uses, each once; at most 500, and of a list the first 20 items."""
    found: dict[Use, None] = {}
    _use(spot, value, (), found)
    yield from found


def _use(spot: Spot, value: Any, path: tuple[str, ...], found: dict[Use, None]) -> None:
    if len(found) >= _FOUND:
        return
    if isinstance(value, dict):
        for name, held in value.items():
            known = spot.properties.get(name)
            if known is not None:
                found[Use((*path, name))] = None
                _use(known, held, (*path, name), found)
            elif spot.values is not None:
                _use(spot.values, held, (*path, "*"), found)
            elif not spot.free and len(found) < _FOUND:
                found[Use((*path, name), declared=False)] = None
    elif isinstance(value, list):
        if spot.items is not None:
            for held in value[:_ITEMS]:
                _use(spot.items, held, (*path, "*"), found)
    elif spot.enum and (text := text_of(value)) in spot.enum:
        found[Use(path, text)] = None


def text_of(value: Any) -> str:
    """A declared value as people read it: text as it stands, anything else in JSON, both cut after 200 characters."""
    if isinstance(value, str):
        return value[:200]
    return json.dumps(value, ensure_ascii=False, default=str)[:200]
