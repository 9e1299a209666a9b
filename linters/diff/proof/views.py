"""A conjunction of schemas, seen as one: what a value must satisfy, keyword by keyword.

Every view is an over-approximation of its conjunction: what it leaves out only admits more. That makes it fit
for the contained side of a proof.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import Any, TypeGuard

from .definitions import JsonSchema, dump

TYPES = ("null", "boolean", "integer", "number", "string", "array", "object")
ALL = frozenset(("null", "boolean", "number", "string", "array", "object"))


def type_of(value: Any) -> str:
    """The JSON Schema type of a value; `2.0` is an integer (2020-12, Core, 4.2.2)."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int) or (isinstance(value, float) and value.is_integer()):
        return "integer"
    if isinstance(value, float):
        return "number"
    if isinstance(value, str):
        return "string"
    return "array" if isinstance(value, list) else "object"


def types_of(schema: dict[str, Any]) -> frozenset[str]:
    """Types that the keyword `type` admits; `number` includes the integers."""
    declared = schema.get("type")
    if isinstance(declared, str):
        return frozenset((declared,))
    if isinstance(declared, list):
        found = frozenset(map(str, declared))
        return found - {"integer"} if "number" in found else found
    return ALL


def common_types(left: frozenset[str], right: frozenset[str]) -> frozenset[str]:
    shared = left & right
    if ("integer" in left and "number" in right) or ("number" in left and "integer" in right):
        shared |= {"integer"}
    return shared


@lru_cache(maxsize=4096)
def compiled(pattern: str) -> re.Pattern[str] | None:
    """The pattern as Python reads it, or None where Python cannot."""
    try:
        return re.compile(pattern)
    except (re.error, RecursionError, OverflowError):
        return None


def is_number(value: Any) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


@dataclass(frozen=True)
class View:
    """The conjunction of `parts`, plain schema objects without references or `allOf`.

    `whole` are schemas known to hold of every value, as they were written, to be recognised again.
    """

    parts: tuple[dict[str, Any], ...]
    whole: tuple[JsonSchema, ...] = ()

    @cached_property
    def types(self) -> frozenset[str]:
        admitted = ALL
        for part in self.parts:
            admitted = common_types(admitted, types_of(part))
        if self.values is not None:
            admitted = common_types(admitted, frozenset(map(type_of, self.values)))
        return admitted

    @cached_property
    def values(self) -> tuple[Any, ...] | None:
        """The finite set that `enum` and `const` leave, or None where they leave it open."""
        found: dict[bytes, Any] | None = None
        for part in self.parts:
            for listed in self._finite(part):
                own = {_key(value): value for value in listed}
                found = own if found is None else {key: found[key] for key in found if key in own}
        return None if found is None else tuple(found.values())

    @staticmethod
    def _finite(part: dict[str, Any]) -> Iterator[list[Any]]:
        if isinstance(part.get("enum"), list):
            yield part["enum"]
        if "const" in part:
            yield [part["const"]]

    def every(self, keyword: str) -> Iterator[Any]:
        """What the parts say under a keyword."""
        for part in self.parts:
            if keyword in part:
                yield part[keyword]

    def most(self, keyword: str) -> int | None:
        """The largest of a lower bound (`minLength`, …)."""
        return max((int(n) for n in self.every(keyword) if is_number(n)), default=None)

    def least(self, keyword: str) -> int | None:
        """The smallest of an upper bound (`maxLength`, …)."""
        return min((int(n) for n in self.every(keyword) if is_number(n)), default=None)

    @cached_property
    def low(self) -> tuple[Fraction, bool] | None:
        """The greatest lower bound of numbers, and whether it is excluded."""
        bounds = [(Fraction(n), False) for n in self.every("minimum") if is_number(n)]
        bounds += [(Fraction(n), True) for n in self.every("exclusiveMinimum") if is_number(n)]
        return max(bounds, default=None)

    @cached_property
    def high(self) -> tuple[Fraction, bool] | None:
        """The least upper bound of numbers, and whether it is excluded."""
        bounds = [(Fraction(n), True) for n in self.every("maximum") if is_number(n)]
        bounds += [(Fraction(n), False) for n in self.every("exclusiveMaximum") if is_number(n)]
        lowest = min(bounds, default=None)
        return None if lowest is None else (lowest[0], not lowest[1])

    @cached_property
    def required(self) -> frozenset[str]:
        return frozenset(str(name) for names in self.every("required") for name in names)

    @cached_property
    def declared(self) -> frozenset[str]:
        return frozenset(name for properties in self.every("properties") for name in properties)

    def property(self, name: str) -> tuple[JsonSchema, ...]:
        """What holds of the value of a property, as a conjunction."""
        return tuple(schema for part in self.parts for schema in _property(part, name))

    def declares(self, name: str) -> bool:
        """Whether any part says something about this very name, by name or by pattern."""
        return any(
            name in part.get("properties", {})
            or any(_searches(pattern, name) for pattern in part.get("patternProperties", {}))
            for part in self.parts
        )

    @cached_property
    def additional(self) -> tuple[JsonSchema, ...]:
        """What holds of a property that no part declares and no pattern catches."""
        return tuple(part["additionalProperties"] for part in self.parts if "additionalProperties" in part)

    @cached_property
    def prefix(self) -> int:
        """How many leading items have a schema of their own."""
        return max((len(items) for items in self.every("prefixItems")), default=0)

    def item(self, index: int) -> tuple[JsonSchema, ...]:
        """What holds of the item at an index, as a conjunction."""
        found = []
        for part in self.parts:
            prefix = part.get("prefixItems", [])
            if index < len(prefix):
                found.append(prefix[index])
            elif "items" in part:
                found.append(part["items"])
        return tuple(found)


def _key(value: Any) -> bytes:
    """Equal for equal JSON values: `2` and `2.0` are one number."""
    return dump(int(value) if isinstance(value, float) and value.is_integer() else value)


def _property(part: dict[str, Any], name: str) -> Iterator[JsonSchema]:
    caught = False
    if name in part.get("properties", {}):
        caught = True
        yield part["properties"][name]
    for pattern, schema in part.get("patternProperties", {}).items():
        if _searches(pattern, name):
            caught = True
            yield schema
        elif compiled(pattern) is None:
            # It may catch the name: leaving out what follows only admits more.
            caught = True
    if not caught and "additionalProperties" in part:
        yield part["additionalProperties"]


def _searches(pattern: str, name: str) -> bool:
    regex = compiled(pattern)
    return regex is not None and regex.search(name) is not None
