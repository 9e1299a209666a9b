"""JavaScript's notions of truth, text, number, equality and order (ECMA-262 §7.1, §7.2), on parsed JSON.

Rulesets are written for JavaScript, and lean on what it does with a missing or mistyped value. Objects are
dicts, arrays lists, numbers int or float, null is None; a missing value is `UNDEFINED`.
"""

from __future__ import annotations

import math
from enum import Enum
from typing import Any, Final, TypeAlias

from .budget import spend


class Undefined(Enum):
    """The type of `UNDEFINED`."""

    UNDEFINED = "undefined"

    def __repr__(self) -> str:
        return "undefined"

    def __bool__(self) -> bool:
        return False


UNDEFINED: Final = Undefined.UNDEFINED

Value: TypeAlias = Any

_BIGGEST_EXACT = 2**53


def truthy(value: Value) -> bool:
    """ToBoolean: only undefined, null, false, zero, NaN and the empty string are false."""
    kind = value.__class__
    if kind is bool or kind is str:
        return bool(value)
    if kind is dict or kind is list:
        return True
    return bool(value) and not (kind is float and math.isnan(value))


def type_name(value: Value) -> str:
    """What `typeof` says."""
    if value is UNDEFINED:
        return "undefined"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
        return "number"
    return "string" if isinstance(value, str) else "object"


def is_number(value: Value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def to_string(value: Value) -> str:
    """What `String(value)` gives: `[object Object]`, `1,2`, `null`, `1e+21`."""
    if isinstance(value, str):
        return value
    if value is None:
        return "null"
    if value is UNDEFINED:
        return "undefined"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return number_to_string(value)
    if isinstance(value, list):
        spend(1 + len(value))
        return ",".join("" if item is None or item is UNDEFINED else to_string(item) for item in value)
    return "[object Object]" if isinstance(value, dict) else str(value)


def number_to_string(value: float) -> str:
    """Number::toString in base 10: the shortest digits, with an exponent from 1e21 and below 1e-6."""
    if isinstance(value, int) and abs(value) < _BIGGEST_EXACT:
        return str(value)
    number = _as_float(value)
    if math.isnan(number):
        return "NaN"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    if number == 0:
        return "0"
    sign = "-" if number < 0 else ""
    mantissa, _, exponent_text = f"{abs(number)!r}".partition("e")
    whole, _, fraction = mantissa.partition(".")
    fraction = "" if fraction == "0" else fraction
    point = len(whole) + int(exponent_text or 0)
    digits = whole + fraction
    stripped = digits.lstrip("0")
    point -= len(digits) - len(stripped)
    return sign + _positioned(stripped.rstrip("0") or "0", point)


def _positioned(digits: str, point: int) -> str:
    """Digits with the decimal point behind the first `point` of them."""
    if len(digits) <= point <= 21:
        return digits + "0" * (point - len(digits))
    if 0 < point <= 21:
        return f"{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return "0." + "0" * -point + digits
    rest = "." + digits[1:] if len(digits) > 1 else ""
    exponent = point - 1
    return f"{digits[0]}{rest}e{'+' if exponent >= 0 else '-'}{abs(exponent)}"


def _as_float(value: float) -> float:
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def to_number(value: Value) -> float:
    """ToNumber; NaN for what is no number."""
    if isinstance(value, bool):
        return float(value)
    if isinstance(value, int | float):
        return value
    if value is None:
        return 0.0
    if isinstance(value, str):
        return _parse_number(value)
    if isinstance(value, list):
        return _parse_number(to_string(value))
    return math.nan


def _parse_number(text: str) -> float:
    stripped = text.strip()
    if not stripped:
        return 0.0
    lowered = stripped.lower()
    try:
        for prefix, base in (("0x", 16), ("0o", 8), ("0b", 2)):
            if lowered.startswith(prefix):
                return float(int(lowered[2:], base))
        if lowered.lstrip("+-") == "infinity":
            return float(stripped) if stripped.lstrip("+-") == "Infinity" else math.nan
        # Python reads underscores and the words nan and inf as numbers; JavaScript does not.
        return math.nan if set(lowered) & set("_n") else float(stripped)
    except (ValueError, OverflowError):
        return math.nan


def strict_equal(left: Value, right: Value) -> bool:
    """`===`; objects and arrays are equal only to themselves."""
    kind, other = left.__class__, right.__class__
    if kind is str and other is str:
        return bool(left == right)
    if kind is dict or kind is list or other is dict or other is list:
        return left is right
    return type_name(left) == type_name(right) and bool(left == right)


def loose_equal(left: Value, right: Value) -> bool:
    """`==`: null equals undefined, and values of different types are compared as numbers or as text."""
    if left.__class__ is str and right.__class__ is str:
        return bool(left == right)
    left_missing = left is None or left is UNDEFINED
    right_missing = right is None or right is UNDEFINED
    if left_missing or right_missing:
        return left_missing and right_missing
    left_object, right_object = isinstance(left, dict | list), isinstance(right, dict | list)
    if left_object and right_object:
        return left is right
    if left_object:
        left = to_string(left)
    if right_object:
        right = to_string(right)
    if type_name(left) == type_name(right):
        return bool(left == right)
    return to_number(left) == to_number(right)


def less(left: Value, right: Value) -> bool:
    """`<`: text by UTF-16 code units, anything else as numbers."""
    left, right = _primitive(left), _primitive(right)
    if isinstance(left, str) and isinstance(right, str):
        return utf16(left) < utf16(right)
    return to_number(left) < to_number(right)


def less_or_equal(left: Value, right: Value) -> bool:
    """`<=`, which is not the opposite of `>` where NaN is concerned."""
    left, right = _primitive(left), _primitive(right)
    if isinstance(left, str) and isinstance(right, str):
        return utf16(left) <= utf16(right)
    return to_number(left) <= to_number(right)


def add(left: Value, right: Value) -> Value:
    """`+`: joins text, else adds numbers."""
    left, right = _primitive(left), _primitive(right)
    if isinstance(left, str) or isinstance(right, str):
        return to_string(left) + to_string(right)
    return to_number(left) + to_number(right)


def remainder(left: Value, right: Value) -> float:
    """`%`, whose sign is that of the dividend."""
    a, b = _as_float(to_number(left)), _as_float(to_number(right))
    if math.isnan(a) or math.isnan(b) or math.isinf(a) or b == 0:
        return math.nan
    return math.fmod(a, b)


def divide(left: Value, right: Value) -> float:
    """`/`, where dividing by zero gives an infinity."""
    a, b = _as_float(to_number(left)), _as_float(to_number(right))
    if b:
        return a / b
    if a == 0 or math.isnan(a) or math.isnan(b):
        return math.nan
    return math.copysign(math.inf, a) * math.copysign(1, b)


def _primitive(value: Value) -> Value:
    return to_string(value) if isinstance(value, dict | list) else value


def utf16(text: str) -> bytes:
    """Text as JavaScript orders it: by its UTF-16 code units."""
    return text.encode("utf-16-be", "surrogatepass")


def utf16_length(text: str) -> int:
    """What `.length` of a string gives."""
    return len(text) if text.isascii() else len(text) + sum(1 for c in text if c > "\uffff")
