"""The part of a Schema Object that a value meets, as JSON Schema 2020-12.

A resolved schema may unfold to more than memory holds, and an example meets a handful of its parts. What is cut
out is as large as the example, and so alike for most of them (`{"type": "string"}`) that it need not be compiled
anew. Annotations are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

from linters.lint.errors import ScriptError
from linters.lint.javascript import is_number

Json: TypeAlias = "dict[str, Any]"
Values: TypeAlias = "Sequence[Any]"

MOST_PARTS, DEEPEST = 100_000, 100


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


def is_same_for_all(schema: Json) -> bool:
    """Whether what is cut out of a schema does not depend on the value."""
    return _BY_VALUE.isdisjoint(schema)


class _Fitting:
    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.parts = 0

    def schema(self, schema: Any, values: Values, depth: int) -> Any:
        """`values` are all those that meet the schema at this point."""
        if not isinstance(schema, dict):
            return schema
        self.parts += 1
        if self.parts > MOST_PARTS or depth > DEEPEST:
            raise ScriptError("the alternatives of the schema multiply too much")
        made: Json = {}
        for keyword, part in schema.items():
            way = _WAYS.get(keyword)
            if way is _Fitting.copied:
                made[keyword] = part
            elif way is not None:
                way(self, made, keyword, _Met(part, schema, values, depth + 1))
        return made

    def copied(self, made: Json, keyword: str, met: _Met) -> None:
        made[keyword] = met.part

    def same_value(self, made: Json, keyword: str, met: _Met) -> None:
        made[keyword] = self.schema(met.part, met.values, met.depth)

    def alternatives(self, made: Json, keyword: str, met: _Met) -> None:
        made[keyword] = [self.schema(one, met.values, met.depth) for one in met.part]

    def properties(self, made: Json, keyword: str, met: _Met) -> None:
        objects = met.objects()
        if objects:
            there = {name: [one[name] for one in objects if name in one] for name in met.part}
            made[keyword] = {
                name: self.schema(met.part[name], values, met.depth)
                for name, values in there.items()
                if values
            }

    def patterns(self, made: Json, keyword: str, met: _Met) -> None:
        children = [child for one in met.objects() for child in one.values()]
        if children:
            made[keyword] = {
                pattern: self.schema(one, children, met.depth) for pattern, one in met.part.items()
            }

    def children(self, made: Json, keyword: str, met: _Met) -> None:
        children = [child for one in met.objects() for child in one.values()]
        if children:
            made[keyword] = self.schema(met.part, children, met.depth)

    def names(self, made: Json, keyword: str, met: _Met) -> None:
        made[keyword] = self.schema(met.part, [name for one in met.objects() for name in one], met.depth)

    def dependent(self, made: Json, keyword: str, met: _Met) -> None:
        objects = met.objects()
        made[keyword] = {name: self.schema(one, objects, met.depth) for name, one in met.part.items()}

    def dependencies(self, made: Json, _keyword: str, met: _Met) -> None:
        """Up to OpenAPI 3.0: names that are required, or a schema, where a name is there."""
        objects = met.objects()
        made["dependentRequired"] = {name: one for name, one in met.part.items() if isinstance(one, list)}
        made["dependentSchemas"] = {
            name: self.schema(one, objects, met.depth)
            for name, one in met.part.items()
            if not isinstance(one, list)
        }

    def items(self, made: Json, keyword: str, met: _Met) -> None:
        """Up to OpenAPI 3.0 `items` may be a list, and `additionalItems` what follows; now `items` follows."""
        items = [item for value in met.values if isinstance(value, list) for item in value]
        listed = isinstance(met.schema.get("items"), list)
        if not items and keyword != "contains":
            return
        if keyword == "additionalItems" and not listed:
            return
        if isinstance(met.part, list):
            made["prefixItems"] = [self.schema(one, items, met.depth) for one in met.part]
        else:
            name = "items" if keyword == "additionalItems" else keyword
            made[name] = self.schema(met.part, items, met.depth)

    def type(self, made: Json, keyword: str, met: _Met) -> None:
        names = met.part if isinstance(met.part, list) else [met.part]
        allows = met.schema.get("nullable") is True or met.schema.get(self.reading.nullable) is True
        made[keyword] = [*names, "null"] if allows and "null" not in names else met.part

    def enum(self, made: Json, keyword: str, met: _Met) -> None:
        made[keyword] = [*met.part, None] if met.schema.get(self.reading.nullable) is True else met.part

    def required(self, made: Json, keyword: str, met: _Met) -> None:
        part, properties, optional = met.part, met.schema.get("properties"), self.reading.optional
        if optional and isinstance(properties, dict):
            free = {
                name
                for name, one in properties.items()
                if isinstance(one, dict) and one.get(optional) is True
            }
            part = [name for name in part if name not in free]
        if part:
            made[keyword] = part

    def bound(self, made: Json, _keyword: str, met: _Met) -> None:
        """Up to OpenAPI 3.0 `exclusiveMinimum` is true or false and tells what `minimum` means."""
        for bound, exclusive in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
            limit = met.schema.get(exclusive)
            if is_number(limit):
                made[exclusive] = limit
            if is_number(met.schema.get(bound)):
                made[exclusive if limit is True else bound] = met.schema[bound]


class _Met(NamedTuple):
    """A keyword's `part` of a schema, and the values that meet the schema."""

    part: Any
    schema: Mapping[str, Any]
    values: Values
    depth: int

    def objects(self) -> list[dict[str, Any]]:
        return [value for value in self.values if isinstance(value, dict)]


_COPIED = (
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
)
_WAYS: Mapping[str, Callable[[_Fitting, Json, str, _Met], None]] = {
    **dict.fromkeys(_COPIED, _Fitting.copied),
    **dict.fromkeys(("not", "if", "then", "else"), _Fitting.same_value),
    **dict.fromkeys(("allOf", "anyOf", "oneOf"), _Fitting.alternatives),
    **dict.fromkeys(("additionalProperties", "unevaluatedProperties"), _Fitting.children),
    **dict.fromkeys(
        ("items", "prefixItems", "additionalItems", "contains", "unevaluatedItems"), _Fitting.items
    ),
    **dict.fromkeys(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"), _Fitting.bound),
    "properties": _Fitting.properties,
    "patternProperties": _Fitting.patterns,
    "propertyNames": _Fitting.names,
    "dependentSchemas": _Fitting.dependent,
    "dependencies": _Fitting.dependencies,
    "type": _Fitting.type,
    "enum": _Fitting.enum,
    "required": _Fitting.required,
}
_BY_VALUE = frozenset(_WAYS).difference(
    _COPIED, ("type", "enum", "required", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
)
