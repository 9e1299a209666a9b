"""Cuts a value down to what a schema looks at.

jsonschema-rs copies a value before it validates it. In a resolved document one object may stand in a thousand
places, so that the copy of an innocent operation can be larger than memory; the schemas of rules mostly look one
or two levels deep. What no part of the schema applies to is emptied here, its type and its keys kept.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from contracts.pointers import from_pointer

from .budget import spend
from .errors import ScriptError

Schemas: TypeAlias = "tuple[dict[str, Any], ...]"

MOST_NODES = 1_000_000
MOST_LEVELS = 200
"""How deep a value may be nested: references nest what no file could, and jsonschema-rs gives up at 255."""

_BESIDE = ("allOf", "anyOf", "oneOf")
_BESIDE_ONE = ("not", "if", "then", "else")
_FOR_ALL = ("additionalProperties", "unevaluatedProperties")
_FOR_ITEMS = ("items", "additionalItems", "contains", "unevaluatedItems")


@dataclass(slots=True)
class _Level:
    """The schemas that apply to one value, and those that apply to its children, as far as they were needed."""

    schemas: Schemas
    compared: float
    by_key: dict[str, _Level] = field(default_factory=dict)
    by_item: _Level | None = None


class Projection:
    """Made once for a schema, used for every value."""

    def __init__(self, schema: Any) -> None:
        self.root = schema
        self.levels: dict[frozenset[int], _Level] = {}
        self.spent = 0
        self.top = self._level([schema])

    def cut(self, value: Any) -> Any:
        """`value` without what the schema cannot see.

        Raises `ScriptError` where what it can see unfolds to more than `MOST_NODES`, or below `MOST_LEVELS`.
        """
        if not isinstance(value, dict | list):
            return value
        self.spent = 0
        return self._cut(value, self.top, 0, 1)

    def _cut(self, value: Any, level: _Level, compared: float, depth: int) -> Any:
        """`compared`: so many levels of the value are compared with a constant, and kept."""
        compared = max(compared, level.compared)
        if compared == math.inf:
            self._count(value, depth)
            return value
        if not level.schemas and compared <= 0:
            return {} if isinstance(value, dict) else []
        self._spend(len(value), depth)
        if isinstance(value, dict):
            return {
                key: self._cut(child, self._for_key(level, key), compared - 1, depth + 1)
                if isinstance(child, dict | list)
                else child
                for key, child in value.items()
            }
        inner = self._for_items(level)
        return [
            self._cut(child, inner, compared - 1, depth + 1) if isinstance(child, dict | list) else child
            for child in value
        ]

    def _count(self, value: Any, depth: int) -> None:
        """Counts a value that is handed over as it is, as often as it will be copied."""
        stack = [(value, depth)]
        while stack:
            node, here = stack.pop()
            self._spend(len(node), here)
            children = node.values() if isinstance(node, dict) else node
            stack.extend((child, here + 1) for child in children if isinstance(child, dict | list))

    def _spend(self, nodes: int, depth: int) -> None:
        if depth > MOST_LEVELS:
            raise ScriptError(f"what the schema looks at is nested deeper than {MOST_LEVELS} levels")
        self.spent += nodes
        spend(1 + nodes)
        if self.spent > MOST_NODES:
            raise ScriptError(f"what the schema looks at unfolds to more than {MOST_NODES:,} values")

    def _level(self, schemas: Iterable[Any]) -> _Level:
        found = self._flat(schemas)
        key = frozenset(map(id, found))
        level = self.levels.get(key)
        if level is None:
            level = self.levels[key] = _Level(tuple(found), max(map(_compared, found), default=0))
        return level

    def _flat(self, schemas: Iterable[Any]) -> list[dict[str, Any]]:
        """Schemas and those that apply to the same value because of them."""
        found: dict[int, dict[str, Any]] = {}
        stack = list(schemas)
        while stack:
            schema = stack.pop()
            if not isinstance(schema, dict) or id(schema) in found:
                continue
            found[id(schema)] = schema
            for keyword in _BESIDE:
                stack.extend(_listed(schema.get(keyword)))
            stack.extend(schema.get(keyword) for keyword in _BESIDE_ONE)
            for keyword in ("dependentSchemas", "dependencies"):
                stack.extend(_mapped(schema.get(keyword)).values())
            if isinstance(schema.get("$ref"), str):
                stack.append(self._referred(schema["$ref"]))
        return list(found.values())

    def _referred(self, reference: str) -> Any:
        if not reference.startswith("#"):
            return None
        node = self.root
        try:
            for token in from_pointer(reference):
                node = node[int(token)] if isinstance(node, list) else node[token]
        except (KeyError, ValueError, IndexError, TypeError):
            return None
        return node

    def _for_key(self, level: _Level, key: str) -> _Level:
        known = level.by_key.get(key)
        if known is not None:
            return known
        schemas: list[Any] = []
        for schema in level.schemas:
            schemas.append(_mapped(schema.get("properties")).get(key))
            schemas.extend(_mapped(schema.get("patternProperties")).values())
            schemas.extend(schema.get(keyword) for keyword in _FOR_ALL)
        found = self._level(schemas)
        if len(level.by_key) < 1_000:
            level.by_key[key] = found
        return found

    def _for_items(self, level: _Level) -> _Level:
        if level.by_item is None:
            schemas: list[Any] = []
            for schema in level.schemas:
                for keyword in _FOR_ITEMS:
                    items = schema.get(keyword)
                    schemas.extend(items if isinstance(items, list) else [items])
                schemas.extend(_listed(schema.get("prefixItems")))
            level.by_item = self._level(schemas)
        return level.by_item


def _compared(schema: dict[str, Any]) -> float:
    """How many levels of a value are compared as they are; infinitely many where that cannot be known."""
    reference = schema.get("$ref")
    elsewhere = isinstance(reference, str) and reference != "#" and not reference.startswith("#/")
    if elsewhere or schema.get("uniqueItems") or "$dynamicRef" in schema or "$recursiveRef" in schema:
        return math.inf
    return max(map(_depth, [schema.get("const"), *_listed(schema.get("enum"))]))


def _depth(value: Any) -> float:
    if isinstance(value, dict | list):
        children = value.values() if isinstance(value, dict) else value
        return 1 + max(map(_depth, children), default=0)
    return 0


def _mapped(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
