"""How deep a JSON Schema looks into a value, and the value cut off below that.

A resolved contract is small because what several references name is one object. Whoever copies it, and a
validator in another language has to, unfolds it: a megabyte of schemas that refer to each other becomes more than
any memory holds. Most schemas of rules look a few levels deep, and a value cut off below is the same to them.
"""

from __future__ import annotations

import math
from typing import Any

_OWN = frozenset(
    [
        "required",
        "minProperties",
        "maxProperties",
        "minItems",
        "maxItems",
        "dependentRequired",
        "dependencies",
        "propertyNames",
        "additionalProperties",
        "additionalItems",
        "unevaluatedProperties",
        "unevaluatedItems",
    ]
)
"""Keywords that look at which members a value has."""
_IN_PLACE = frozenset(["not", "if", "then", "else"])
_IN_PLACE_LISTS = frozenset(["allOf", "anyOf", "oneOf"])
_BELOW = frozenset(
    [
        "items",
        "contains",
        "additionalProperties",
        "additionalItems",
        "unevaluatedProperties",
        "unevaluatedItems",
    ]
)
_BELOW_MAPS = frozenset({"properties", "patternProperties"})
_IN_PLACE_MAPS = frozenset({"dependentSchemas", "dependencies"})
_ENDLESS = frozenset({"$ref", "$dynamicRef", "$recursiveRef", "uniqueItems"})
"""Keywords that may look at everything below a value."""


def reach(schema: Any) -> float:
    """The levels of containers whose members the schema looks at; infinity where that cannot be known.

    0 is a schema that can tell an object from an array, and no more.
    """
    if not isinstance(schema, dict):
        return 0
    deepest: float = 0
    for keyword, value in schema.items():
        if keyword in _ENDLESS and value is not False:
            return math.inf
        deepest = max(deepest, _reach_of(keyword, value))
    return deepest


def _reach_of(keyword: str, value: Any) -> float:
    deepest: float = 1 if keyword in _OWN else 0
    if keyword in _IN_PLACE:
        deepest = reach(value)
    elif keyword in _IN_PLACE_LISTS and isinstance(value, list):
        deepest = max(map(reach, value), default=0)
    elif keyword in _IN_PLACE_MAPS and isinstance(value, dict):
        deepest = max(deepest, *map(reach, value.values())) if value else deepest
    elif keyword in _BELOW_MAPS and isinstance(value, dict):
        deepest = 1 + max(map(reach, value.values()), default=0)
    elif keyword in ("items", "prefixItems") and isinstance(value, list):
        deepest = 1 + max(map(reach, value), default=0)
    elif keyword in _BELOW:
        deepest = 1 + reach(value)
    elif keyword == "const":
        deepest = _depth(value)
    elif keyword == "enum" and isinstance(value, list):
        deepest = max(map(_depth, value), default=0)
    return deepest


def _depth(value: Any) -> float:
    """The levels that must be there to see that something else is not the same as `value`."""
    if isinstance(value, dict):
        return 1 + max(map(_depth, value.values()), default=0)
    if isinstance(value, list):
        return 1 + max(map(_depth, value), default=0)
    return 0


def cut(value: Any, levels: float) -> Any:
    """The value with the containers below so many levels emptied."""
    if levels == math.inf:
        return value
    if isinstance(value, dict):
        return {key: cut(child, levels - 1) for key, child in value.items()} if levels > 0 else {}
    if isinstance(value, list):
        return [cut(child, levels - 1) for child in value] if levels > 0 else []
    return value
