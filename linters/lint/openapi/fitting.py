"""The part of a Schema Object that a value meets, as JSON Schema 2020-12.

A resolved schema may unfold to more than memory holds, and an example meets a handful of its parts. What is cut
out is as large as the example, and so alike for most of them (`{"type": "string"}`) that it need not be compiled
anew. Annotations are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from linters.lint.errors import ScriptError
from linters.lint.javascript import is_number

Json: TypeAlias = "dict[str, Any]"

MOST_PARTS, DEEPEST = 100_000, 100

_AS_IT_IS = frozenset(
    {
        "const",
        "dependentRequired",
        "format",
        "maxContains",
        "maxItems",
        "maxLength",
        "maxProperties",
        "minContains",
        "minItems",
        "minLength",
        "minProperties",
        "multipleOf",
        "pattern",
        "uniqueItems",
    }
)
_SAME_VALUE = ("not", "if", "then", "else")
_ALL_FIT = ("allOf", "anyOf", "oneOf")
_FOR_CHILDREN = ("additionalProperties", "unevaluatedProperties")
_FOR_ITEMS = ("additionalItems", "contains", "unevaluatedItems")


@dataclass(frozen=True, slots=True)
class Reading:
    """How schemas are read: the keyword that allows null, and the one that makes a property optional (or none).

    The latter is `readOnly` in a request and `writeOnly` in a response (OpenAPI 3.0.4, Schema Object).
    """

    nullable: str
    optional: str = ""


def fitted(schema: Any, value: Any, reading: Reading) -> Any:
    """Raises `ScriptError` where the alternatives of a schema multiply too much."""
    return _Fitting(reading).schema(schema, (value,), 0)


class _Fitting:
    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.parts = 0

    def schema(self, schema: Any, values: Sequence[Any], depth: int) -> Any:
        """`values` are all those that meet the schema at this point."""
        if not isinstance(schema, dict):
            return schema
        self.parts += 1
        if self.parts > MOST_PARTS or depth > DEEPEST:
            raise ScriptError("the alternatives of the schema multiply too much")
        objects = [value for value in values if isinstance(value, dict)]
        made: Json = {}
        for keyword, part in schema.items():
            if keyword in _AS_IT_IS:
                made[keyword] = part
            elif keyword in _ALL_FIT:
                made[keyword] = [self.schema(one, values, depth + 1) for one in part]
            elif keyword in _SAME_VALUE:
                made[keyword] = self.schema(part, values, depth + 1)
            elif keyword in _KEYWORDS:
                _KEYWORDS[keyword](self, made, part, schema)
            elif objects:
                self._object(made, keyword, part, objects, depth + 1)
        lists = [value for value in values if isinstance(value, list)]
        if lists:
            self._items(made, schema, [item for value in lists for item in value], depth + 1)
        return made

    def _object(
        self, made: Json, keyword: str, part: Any, objects: Sequence[Mapping[str, Any]], depth: int
    ) -> None:
        if keyword == "properties":
            met = {name: [one[name] for one in objects if name in one] for name in part}
            made[keyword] = {
                name: self.schema(part[name], values, depth) for name, values in met.items() if values
            }
        elif keyword == "patternProperties":
            children = [child for one in objects for child in one.values()]
            made[keyword] = {pattern: self.schema(one, children, depth) for pattern, one in part.items()}
        elif keyword in _FOR_CHILDREN:
            made[keyword] = self.schema(part, [child for one in objects for child in one.values()], depth)
        elif keyword == "propertyNames":
            made[keyword] = self.schema(part, [name for one in objects for name in one], depth)
        elif keyword == "dependentSchemas":
            made[keyword] = {name: self.schema(one, objects, depth) for name, one in part.items()}

    def _items(self, made: Json, schema: Mapping[str, Any], items: Sequence[Any], depth: int) -> None:
        tuples = schema.get("items") if isinstance(schema.get("items"), list) else schema.get("prefixItems")
        if isinstance(tuples, list):
            made["prefixItems"] = [self.schema(one, items, depth) for one in tuples]
        rest = schema.get("additionalItems" if isinstance(schema.get("items"), list) else "items")
        if rest is not None:
            made["items"] = self.schema(rest, items, depth)
        for keyword in ("contains", "unevaluatedItems"):
            if keyword in schema:
                made[keyword] = self.schema(schema[keyword], items, depth)

    def type(self, made: Json, part: Any, schema: Mapping[str, Any]) -> None:
        nullable = self.reading.nullable
        names = part if isinstance(part, list) else [part]
        allows = schema.get(nullable) is True or schema.get("nullable") is True
        made["type"] = [*names, "null"] if allows and "null" not in names else part

    def enum(self, made: Json, part: Any, schema: Mapping[str, Any]) -> None:
        made["enum"] = [*part, None] if schema.get(self.reading.nullable) is True else part

    def required(self, made: Json, part: Any, schema: Mapping[str, Any]) -> None:
        properties, optional = schema.get("properties"), self.reading.optional
        if optional and isinstance(properties, dict):
            free = {
                name
                for name, one in properties.items()
                if isinstance(one, dict) and one.get(optional) is True
            }
            part = [name for name in part if name not in free]
        if part:
            made["required"] = part

    def bound(self, made: Json, _part: Any, schema: Mapping[str, Any]) -> None:
        """Up to OpenAPI 3.0 `exclusiveMinimum` is true or false and tells what `minimum` means."""
        for bound, exclusive in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
            limit = schema.get(exclusive)
            if is_number(limit):
                made[exclusive] = limit
            if is_number(schema.get(bound)):
                made[exclusive if limit is True else bound] = schema[bound]


_KEYWORDS: Mapping[str, Callable[[_Fitting, Json, Any, Mapping[str, Any]], None]] = {
    "type": _Fitting.type,
    "enum": _Fitting.enum,
    "required": _Fitting.required,
    **dict.fromkeys(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"), _Fitting.bound),
}
