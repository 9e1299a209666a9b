"""Text from the wire, read as the values that a schema speaks of."""

from __future__ import annotations

import math
import re
from typing import Any

from .shape import Shape

_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,399})\Z")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,399})(?:\.[0-9]{1,400})?(?:[eE][+-]?[0-9]{1,4})?\Z")
_BOOLEANS = {"true": True, "false": False}
_WORDS = dict.fromkeys(("true", "t", "yes", "y", "on", "1"), True) | dict.fromkeys(
    ("false", "f", "no", "n", "off", "0"), False
)


def scalar(text: str, shape: Shape, *, prefer_text: bool = False) -> Any:
    """The value that a text stands for; the text itself where the shape names nothing that it could be.

    Numbers are written as in JSON (RFC 8259 section 6), booleans are `true` and `false`, or words where the shape
    says so.
    """
    types = shape.types
    if "string" in types and (prefer_text or not shape.stated):
        return text
    if "integer" in types and _INTEGER.match(text):
        return int(text)
    if "number" in types and _NUMBER.match(text):
        number = float(text)
        return number if math.isfinite(number) else text
    if "boolean" in types:
        if text in _BOOLEANS:
            return _BOOLEANS[text]
        if shape.words and text.lower() in _WORDS:
            return _WORDS[text.lower()]
    if "integer" in types and _NUMBER.match(text):
        whole = float(text)  # 1.0 is an integer (JSON Schema 2020-12, section 6.1.1)
        return whole if math.isfinite(whole) else text
    if "null" in types and text in ("", "null") and "string" not in types:
        return None
    return text


def readings(text: str, shape: Shape) -> tuple[Any, ...]:
    """Everything that a text can mean, the most specific first; more than one only where the shape is unsure."""
    first = scalar(text, shape)
    if isinstance(first, str):
        if shape.stated:
            return (first,)
        # Nothing is said about types: an enum or a bound further inside may speak of numbers all the same.
        other = scalar(text, _ANYTHING)
        return (first,) if isinstance(other, str) else (first, other)
    if "string" in shape.types:
        return (first, text)
    return (first,)


_ANYTHING = Shape(types=frozenset({"integer", "number", "boolean"}), stated=True)


def member(name: str, shape: Shape) -> Shape:
    """The shape of an object's property."""
    found = shape.properties.get(name)
    if found is not None:
        return found
    return shape.additional if shape.additional is not None else _TEXT


def item(shape: Shape) -> Shape:
    """The shape of an array's items."""
    return shape.items if shape.items is not None else _TEXT


_TEXT = Shape(types=frozenset({"string"}), stated=True)


def unquoted(value: Any, shape: Shape) -> Any:
    """The same value, with each text read as the number, boolean or null that the shape wants in its place.

    Text stays text where the shape allows it or does not say what it wants.
    """
    if isinstance(value, str):
        return scalar(value, shape) if shape.stated and "string" not in shape.types else value
    if isinstance(value, list):
        return [unquoted(held, item(shape)) for held in value]
    if isinstance(value, dict):
        return {name: unquoted(held, member(name, shape)) for name, held in value.items()}
    return value
