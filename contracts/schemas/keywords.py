"""Which keywords a dialect has, what values they may take, and what becomes of them.

A keyword with a value that it cannot have (a length in quotes, a broken pattern) is not carried over but told
as unmodelled, so that a translated schema always compiles.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final

import jsonschema_rs

_TYPES = frozenset(("null", "boolean", "object", "array", "number", "integer", "string"))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_count(value: Any) -> bool:
    return _is_number(value) and value >= 0 and value == int(value)


def _is_type(value: Any) -> bool:
    if isinstance(value, list):
        return 0 < len(value) == len(set(map(str, value))) and all(one in _TYPES for one in map(str, value))
    return isinstance(value, str) and value in _TYPES


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


@lru_cache(maxsize=10_000)
def is_pattern(text: str) -> bool:
    """Whether the validator that Lading uses can run a regular expression."""
    try:
        jsonschema_rs.Draft202012Validator({"pattern": text})
    except (jsonschema_rs.ValidationError, ValueError):
        return False
    return True


def _is_multiple(value: Any) -> bool:
    return _is_number(value) and value > 0


def _is_anything(value: Any) -> bool:
    return True


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_flag(value: Any) -> bool:
    return isinstance(value, bool)


def _is_dependent(value: Any) -> bool:
    return isinstance(value, dict) and all(map(_is_texts, value.values()))


PLAIN: Final[dict[str, Callable[[Any], bool]]] = {
    "type": _is_type,
    "enum": lambda value: isinstance(value, list),
    "const": _is_anything,
    "multipleOf": _is_multiple,
    "maximum": _is_number,
    "minimum": _is_number,
    "exclusiveMaximum": _is_number,
    "exclusiveMinimum": _is_number,
    "maxLength": _is_count,
    "minLength": _is_count,
    "pattern": lambda value: isinstance(value, str) and is_pattern(value),
    "maxItems": _is_count,
    "minItems": _is_count,
    "uniqueItems": _is_flag,
    "minContains": _is_count,
    "maxContains": _is_count,
    "maxProperties": _is_count,
    "minProperties": _is_count,
    "required": _is_texts,
    "dependentRequired": _is_dependent,
    "format": _is_text,
    "contentEncoding": _is_text,
    "contentMediaType": _is_text,
    "default": _is_anything,
    "deprecated": _is_flag,
    "readOnly": _is_flag,
    "writeOnly": _is_flag,
}
"""Keywords that mean in 2020-12 what they mean in every dialect that has them, and what they may hold."""

ONE: Final = frozenset(
    (
        "not",
        "if",
        "then",
        "else",
        "items",
        "contains",
        "additionalProperties",
        "propertyNames",
        "unevaluatedItems",
        "unevaluatedProperties",
        "contentSchema",
    )
)
"""Keywords that hold one schema."""

LIST: Final = frozenset(("allOf", "anyOf", "oneOf", "prefixItems"))
"""Keywords that hold a list of schemas."""

MAP: Final = frozenset(("properties", "patternProperties", "dependentSchemas"))
"""Keywords that hold schemas by name."""

IN_PLACE: Final = frozenset(("allOf", "anyOf", "oneOf", "if", "then", "else", "not", "dependentSchemas"))
"""Keywords whose schemas judge the very instance that the schema itself judges."""

DROPPED: Final = frozenset(
    (
        "title",
        "description",
        "$comment",
        "example",
        "examples",
        "externalDocs",
        "xml",
        "$schema",
        "$id",
        "id",
        "$anchor",
        "$dynamicAnchor",
        "$recursiveAnchor",
        "$vocabulary",
        "$defs",
        "definitions",
        "discriminator",
        "nullable",
        "collectionFormat",
        "allowEmptyValue",
    )
)
"""Keywords that say nothing about instances, or that the translator reads by itself."""

_BASE = frozenset(PLAIN) - {
    "const",
    "minContains",
    "maxContains",
    "dependentRequired",
    "contentEncoding",
    "contentMediaType",
}
_BASE_2_0 = _BASE | {"items", "additionalProperties", "properties", "allOf"}
_BASE_3_0 = _BASE_2_0 | {"anyOf", "oneOf", "not"}
_DRAFT_04 = _BASE_3_0 | {"patternProperties", "additionalItems", "dependencies"}
_DRAFT_06 = _DRAFT_04 | {"const", "contains", "propertyNames"}
_DRAFT_07 = _DRAFT_06 | {"if", "then", "else", "contentEncoding", "contentMediaType"}
_DRAFT_2019 = (_DRAFT_07 - {"dependencies"}) | frozenset(
    (
        "dependentRequired",
        "dependentSchemas",
        "minContains",
        "maxContains",
        "unevaluatedItems",
        "unevaluatedProperties",
    )
)
_DRAFT_2020 = (_DRAFT_2019 - {"additionalItems"}) | {"prefixItems", "contentSchema"}

KNOWN: Final[dict[str, frozenset[str]]] = {
    "openapi-2.0": _BASE_2_0,
    "openapi-3.0": _BASE_3_0,
    "json-schema-draft-04": _DRAFT_04,
    "json-schema-draft-06": _DRAFT_06,
    "json-schema-draft-07": _DRAFT_07,
    "asyncapi": _DRAFT_07,
    "json-schema-2019-09": _DRAFT_2019 | {"contentSchema"},
    "json-schema-2020-12": _DRAFT_2020,
}
"""The keywords that each dialect gives a meaning to."""

LEAVES: Final[dict[str, frozenset[str]]] = {
    dialect: (known & frozenset(PLAIN) - {"required", "exclusiveMaximum", "exclusiveMinimum"})
    | frozenset(("title", "description", "$comment", "example", "examples", "externalDocs", "nullable"))
    for dialect, known in KNOWN.items()
}
"""Keywords of schemas without others in them that mean the same whatever stands beside them."""

REFERENCE_ALONE: Final = frozenset(KNOWN) - {"json-schema-2019-09", "json-schema-2020-12"}
"""Dialects in which everything beside a `$ref` is ignored."""

DYNAMIC_REFERENCES: Final = {"json-schema-2019-09": "$recursiveRef", "json-schema-2020-12": "$dynamicRef"}
"""The keyword by which a dialect refers to what the way to a schema decides."""

BOOLEAN_BOUNDS: Final = frozenset(("openapi-2.0", "openapi-3.0", "json-schema-draft-04"))
"""Dialects in which `exclusiveMaximum` and `exclusiveMinimum` are booleans."""

ARRAY_ITEMS: Final = frozenset(KNOWN) - {"openapi-2.0", "openapi-3.0", "json-schema-2020-12"}
"""Dialects in which `items` may be a list, with `additionalItems` for the rest."""
