"""Types and constraints of schemas in words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

_CONDITIONS = (
    "if",
    "then",
    "else",
    "not",
    "dependentSchemas",
    "dependentRequired",
    "dependencies",
    "contains",
    "unevaluatedProperties",
)
_UNITS = {"Length": "character", "Items": "item", "Properties": "property"}


def types(keywords: Mapping[str, Any]) -> tuple[str, ...]:
    """The names of the types that a schema allows, `null` aside; guessed from other keywords where none is named."""
    named = keywords.get("type")
    found = (
        [named] if isinstance(named, str) else [str(one) for one in named] if isinstance(named, list) else []
    )
    if not found:
        if "properties" in keywords or "additionalProperties" in keywords:
            found = ["object"]
        elif "items" in keywords or "prefixItems" in keywords:
            found = ["array"]
        elif isinstance(keywords.get("enum"), list):
            found = list(dict.fromkeys(_type_of(value) for value in keywords["enum"][:50]))
        elif "const" in keywords:
            found = [_type_of(keywords["const"])]
    return tuple(name for name in found if name != "null")


def is_nullable(keywords: Mapping[str, Any]) -> bool:
    """Whether null is allowed, in the way of any of the specifications."""
    named = keywords.get("type")
    return (
        named == "null"
        or (isinstance(named, list) and "null" in named)
        or keywords.get("nullable") is True
        or keywords.get("x-nullable") is True
    )


def rules(keywords: Mapping[str, Any]) -> tuple[str, ...]:
    """Constraints as short phrases: `1 to 35 characters`, `more than 0`, `matches ^[A-Z]{5}$`."""
    said = [*_amounts(keywords), *_bounds(keywords)]
    if _is_number(keywords.get("multipleOf")):
        said.append(f"a multiple of {keywords['multipleOf']}")
    if isinstance(keywords.get("pattern"), str):
        said.append(f"matches {keywords['pattern'][:200]}")
    if keywords.get("uniqueItems") is True:
        said.append("no item twice")
    if keywords.get("additionalProperties") is False or keywords.get("unevaluatedProperties") is False:
        said.append("no other properties")
    if "const" in keywords:
        said.append(f"always {value(keywords['const'])}")
    if "default" in keywords:
        said.append(f"{value(keywords['default'])} unless given")
    if keywords.get("readOnly") is True:
        said.append("only in responses")
    if keywords.get("writeOnly") is True:
        said.append("only in requests")
    if isinstance(keywords.get("contentEncoding"), str):
        said.append(f"encoded as {keywords['contentEncoding']}")
    if others := [name for name in _CONDITIONS if isinstance(keywords.get(name), dict)]:
        said.append(f"and conditions that are not drawn here: {', '.join(others)}")
    return tuple(said)


def value(thing: Any) -> str:
    """A value as JSON, short."""
    text = json.dumps(thing, ensure_ascii=False, default=str)
    return text if len(text) <= 120 else text[:119] + "…"


def _amounts(keywords: Mapping[str, Any]) -> list[str]:
    said = []
    for suffix, unit in _UNITS.items():
        low, high = _whole(keywords.get(f"min{suffix}")), _whole(keywords.get(f"max{suffix}"))
        several = "properties" if unit == "property" else unit + "s"
        if low and high is not None:
            said.append(
                f"exactly {low:,} {unit if low == 1 else several}"
                if low == high
                else f"{low:,} to {high:,} {several}"
            )
        elif high is not None:
            said.append(f"at most {high:,} {unit if high == 1 else several}")
        elif low:
            said.append(f"at least {low:,} {unit if low == 1 else several}")
    return said


def _bounds(keywords: Mapping[str, Any]) -> list[str]:
    low, high = keywords.get("minimum"), keywords.get("maximum")
    above, below = keywords.get("exclusiveMinimum"), keywords.get("exclusiveMaximum")
    if above is True:  # until draft 4, and in OpenAPI 3.0, the exclusive form is a flag beside the bound
        low, above = None, low
    if below is True:
        high, below = None, high
    said = []
    if _is_number(low) and _is_number(high):
        said.append(f"{low} to {high}")
    elif _is_number(low):
        said.append(f"at least {low}")
    elif _is_number(high):
        said.append(f"at most {high}")
    if _is_number(above):
        said.append(f"more than {above}")
    if _is_number(below):
        said.append(f"less than {below}")
    return said


def _is_number(thing: Any) -> bool:
    return isinstance(thing, int | float) and not isinstance(thing, bool)


def _whole(thing: Any) -> int | None:
    """A number of things; None for what counts nothing, such as a fraction or `.inf`."""
    if isinstance(thing, float):
        return int(thing) if thing.is_integer() else None
    return thing if _is_number(thing) else None


def _type_of(thing: Any) -> str:
    names = {bool: "boolean", int: "integer", float: "number", str: "string", list: "array", dict: "object"}
    return names.get(type(thing), "null")
