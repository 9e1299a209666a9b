"""What keeps a Schema Object from being used, found once for each object of a resolved document.

A validator refuses a whole schema for one mistake deep inside of it, also where no value would meet that part.
Spectral tells of it at each example; a reference that could not be replaced it passes over.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from linters.lint.errors import ScriptError
from linters.lint.javascript import is_number
from linters.lint.regular_expressions import compile_pattern
from linters.lint.schemas import RANK

_TYPES = frozenset({"array", "boolean", "integer", "null", "number", "object", "string"})
MAPPED = ("properties", "patternProperties", "dependentSchemas")
LISTED = ("allOf", "anyOf", "oneOf", "prefixItems")
SINGLE = (
    "not",
    "if",
    "then",
    "else",
    "items",
    "additionalItems",
    "contains",
    "propertyNames",
    "additionalProperties",
    "unevaluatedItems",
    "unevaluatedProperties",
)
_HOLDING = frozenset((*MAPPED, *LISTED, *SINGLE))


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a schema cannot be used, as the end of a sentence. `dangling`: it still holds a reference."""

    text: str
    dangling: bool = False


Known = dict[int, Fault | None]
"""Faults by the `id`s of schemas; valid as long as the document that holds them."""


def fault_of(schema: Any, known: Known, numeric_bounds: bool) -> Fault | None:
    """The first fault of a schema and of those inside of it, in the order in which Ajv would come to them.

    `numeric_bounds`: exclusive bounds are numbers, as from OpenAPI 3.1 on, and not true or false.
    """
    stack = [schema]
    while stack:
        node = stack[-1]
        if id(node) in known:
            stack.pop()
            continue
        children = _children(node)
        waiting = [child for child in children if id(child) not in known]
        if waiting:
            stack.extend(reversed(waiting))
            continue
        fault = _own(node, numeric_bounds)
        for child in children:
            fault = fault or known[id(child)]
        known[id(node)] = fault
        stack.pop()
    return known[id(schema)]


def _children(schema: Any) -> list[Any]:
    if not isinstance(schema, dict) or "$ref" in schema:
        return []
    children: list[Any] = []
    for keyword in sorted(_HOLDING.intersection(schema), key=_rank):
        value = schema[keyword]
        if keyword in MAPPED:
            children += value.values() if isinstance(value, dict) else ()
        elif keyword in LISTED:
            children += value if isinstance(value, list) else ()
        else:
            children += value if isinstance(value, list) else (value,)
    return children


def _rank(keyword: str) -> int:
    return RANK.get(keyword, len(RANK))


def _own(schema: Any, numeric_bounds: bool) -> Fault | None:
    if isinstance(schema, bool):
        return None
    if not isinstance(schema, dict):
        return Fault("one of its schemas is no mapping")
    if "nullable" in schema and "type" not in schema:
        return Fault("`nullable` means nothing without a `type` beside it")
    if isinstance(schema.get("$ref"), str):
        return Fault(f"{schema['$ref']} could not be replaced", dangling=True)
    for keyword, value in schema.items():
        sound = _SOUND.get(keyword)
        if sound is not None and not sound(value):
            return Fault(f"its `{keyword}` is not as it should be")
    return _later(schema) if numeric_bounds else _earlier(schema)


def _later(schema: Mapping[str, Any]) -> Fault | None:
    """What is asked from OpenAPI 3.1 on (JSON Schema 2020-12)."""
    for exclusive in _BOUNDS:
        if exclusive in schema and not is_number(schema[exclusive]):
            return Fault(f"its `{exclusive}` is no number")
    return None


def _earlier(schema: Mapping[str, Any]) -> Fault | None:
    """What is asked up to OpenAPI 3.0 (JSON Schema draft 4)."""
    for exclusive, bound in _BOUNDS.items():
        if exclusive in schema and not isinstance(schema[exclusive], bool):
            return Fault(f"its `{exclusive}` is neither true nor false")
        if exclusive in schema and bound not in schema:
            return Fault(f"its `{exclusive}` means nothing without `{bound}`")
    for keyword in _NOT_EMPTY:
        if schema.get(keyword) == []:
            return Fault(f"its `{keyword}` is empty")
    for keyword in ("enum", "required"):
        if keyword in schema and _says_twice(schema[keyword]):
            return Fault(f"its `{keyword}` says something twice")
    return None


def _says_twice(values: list[Any]) -> bool:
    different: set[Any] = set()
    if all(value.__class__ is str for value in values):
        different.update(values)
    else:
        different.update(orjson.dumps(value, option=orjson.OPT_SORT_KEYS) for value in values)
    return len(different) < len(values)


def _is_type(value: Any) -> bool:
    if value.__class__ is str:
        return value in _TYPES
    names = value if isinstance(value, list) else [value]
    return bool(names) and all(isinstance(name, str) and name in _TYPES for name in names)


def _is_count(value: Any) -> bool:
    return is_number(value) and value >= 0 and float(value).is_integer()


def _is_pattern(value: Any) -> bool:
    if not isinstance(value, str):
        return False
    try:
        compile_pattern(value)
    except ScriptError:
        return False
    return True


def _are_names(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(name, str) for name in value)


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_mapping(value: Any) -> bool:
    return isinstance(value, dict)


def _is_list(value: Any) -> bool:
    return isinstance(value, list)


_BOUNDS = {"exclusiveMinimum": "minimum", "exclusiveMaximum": "maximum"}
_NOT_EMPTY = ("required", "enum", "allOf", "anyOf", "oneOf")
_SOUND: Mapping[str, Callable[[Any], bool]] = {
    "type": _is_type,
    "enum": _is_list,
    "required": _are_names,
    "format": _is_text,
    "title": _is_text,
    "description": _is_text,
    "pattern": _is_pattern,
    "minimum": is_number,
    "maximum": is_number,
    "multipleOf": lambda value: is_number(value) and value > 0,
    "uniqueItems": lambda value: isinstance(value, bool),
    **dict.fromkeys(
        ("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"), _is_count
    ),
    **dict.fromkeys((*MAPPED, "dependencies"), _is_mapping),
    **dict.fromkeys(LISTED, _is_list),
}
