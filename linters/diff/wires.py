"""What cannot be told apart on the wire: in paths, queries and headers, `5` is a number and a string alike.

A schema says `type: integer`, and what travels is text. A reader that takes any string therefore takes every
number too, and one that takes a list by repeated names (`?tag=a&tag=b`, OpenAPI 3.1.1, "Style Values") takes a
single value as a list of one. Only unrestricted strings are widened: whether the text of a number satisfies a
pattern or a length is another question, and left to the proof.
"""

from __future__ import annotations

from typing import Any

from .proof import Definitions, JsonSchema
from .proof.definitions import reference
from .transitions import Wire

_RESTRICTS_TEXT = frozenset(
    ("pattern", "format", "enum", "const", "minLength", "maxLength", "not", "allOf", "anyOf", "oneOf", "if")
)
_RESTRICTS_LISTS = frozenset(
    ("contains", "unevaluatedItems", "enum", "const", "not", "allOf", "anyOf", "oneOf", "if", "$ref")
)
_SCALARS = ("number", "boolean")


def lenient(schema: JsonSchema, wire: Wire, table: Definitions) -> JsonSchema:
    """The schema, and whatever reads like one of its values: at its root, in its items and its properties."""
    schema = _named(schema, table)
    if isinstance(schema, bool):
        return schema
    widened = _text(schema)
    if isinstance(widened.get("items"), dict):
        widened["items"] = _below(widened["items"], table)
    if isinstance(widened.get("properties"), dict):
        widened["properties"] = {name: _below(one, table) for name, one in widened["properties"].items()}
    if wire is Wire.FORM and _is_list(widened):
        return {"anyOf": [widened, _single(widened)]}
    return widened


def _below(schema: JsonSchema, table: Definitions) -> JsonSchema:
    found = _named(schema, table)
    return found if isinstance(found, bool) else _text(found)


def _text(schema: dict[str, Any]) -> dict[str, Any]:
    """A string that may be any text may be the text of a number or of a truth value."""
    types = _types(schema)
    if "string" not in types or _RESTRICTS_TEXT & schema.keys():
        return dict(schema)
    return {**schema, "type": [*types, *(one for one in _SCALARS if one not in types)]}


def _single(schema: dict[str, Any]) -> JsonSchema:
    """What a list of one may hold."""
    first = schema.get("prefixItems")
    found: JsonSchema = first[0] if isinstance(first, list) and first else schema.get("items", True)
    return {"type": ["string", *_SCALARS]} if found is True else found


def _is_list(schema: dict[str, Any]) -> bool:
    bounds = schema.get("minItems", 0), schema.get("minContains", 0)
    return "array" in _types(schema) and max(bounds) <= 1 and not _RESTRICTS_LISTS & schema.keys()


def _types(schema: dict[str, Any]) -> list[str]:
    declared = schema.get("type")
    return [declared] if isinstance(declared, str) else declared if isinstance(declared, list) else []


def _named(schema: JsonSchema, table: Definitions) -> JsonSchema:
    """What a bare reference to a definition names."""
    name = reference(schema) if isinstance(schema, dict) and len(schema) == 1 else None
    return table[name] if name is not None and name in table else schema
