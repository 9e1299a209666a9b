"""What older dialects say in a way of their own."""

from __future__ import annotations

from typing import Any

from .keywords import ARRAY_ITEMS, BOOLEAN_BOUNDS, IN_PLACE

_BOUNDS = (("exclusiveMaximum", "maximum"), ("exclusiveMinimum", "minimum"))


def is_boolean_bound(keyword: str, value: Any, dialect: str) -> bool:
    """Whether this is draft 4's `exclusiveMaximum: true`, which `bounds` reads."""
    return keyword.startswith("exclusive") and isinstance(value, bool) and dialect in BOOLEAN_BOUNDS


def bounds(value: dict[str, Any], dialect: str, result: dict[str, Any]) -> None:
    """Turns a bound that is marked as exclusive into an exclusive bound."""
    if dialect in BOOLEAN_BOUNDS:
        for exclusive, bound in _BOUNDS:
            if value.get(exclusive) is True and bound in result:
                result[exclusive] = result.pop(bound)


def is_file(keyword: str, value: Any, dialect: str) -> bool:
    """Whether this is OpenAPI 2.0's `type: file`, which `file` reads."""
    return keyword == "type" and value == "file" and dialect == "openapi-2.0"


def file(value: dict[str, Any], dialect: str, result: dict[str, Any]) -> None:
    """Turns OpenAPI 2.0's file into OpenAPI 3's: text that stands for octets."""
    if is_file("type", value.get("type"), dialect):
        result.update(type="string", format="binary")


def has_item_list(value: dict[str, Any], dialect: str) -> bool:
    """Whether `items` is a list of schemas by position."""
    return isinstance(value.get("items"), list) and dialect in ARRAY_ITEMS


def nullable(value: dict[str, Any], dialect: str, result: dict[str, Any]) -> dict[str, Any]:
    """Lets null in where OpenAPI 3.0 says `nullable`, whatever stands beside it.

    Read to the letter (3.0.4, "Schema Object") it works beside a `type` only, and an `enum` or `allOf` can
    still keep null out. But whoever writes `nullable: true` means that null is let in: Stripe beside `anyOf`,
    many generators beside an `enum` without null.
    """
    if dialect != "openapi-3.0" or value.get("nullable") is not True or not result:
        return result
    if "type" not in result or not result.keys().isdisjoint(IN_PLACE):
        return {"anyOf": [{"type": "null"}, result]}
    others = result["type"] if isinstance(result["type"], list) else [result["type"]]
    result["type"] = [*others, *(["null"] if "null" not in others else [])]
    if "enum" in result and None not in result["enum"]:
        result["enum"] = [*result["enum"], None]
    return result
