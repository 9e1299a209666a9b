"""Members and methods of JavaScript values that expressions may use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from linters.lint import javascript as js
from linters.lint.budget import spend
from linters.lint.errors import ScriptError
from linters.lint.javascript import UNDEFINED, Value
from linters.lint.regular_expressions import RegExp, compile_pattern


@dataclass(frozen=True, slots=True)
class Constructor:
    """What `.constructor` gives: only its name is of use."""

    name: str


def member(target: Value, key: Value) -> Value:
    """`target[key]`; undefined where there is none, and `ScriptError` for members of null and undefined."""
    if target is None or target is UNDEFINED:
        raise ScriptError(f"cannot read the property {js.to_string(key)!r} of {js.to_string(target)}")
    name = js.to_string(key)
    if isinstance(target, dict):
        if name in target:
            return target[name]
    elif isinstance(target, list | str):
        if name == "length":
            return len(target) if isinstance(target, list) else js.utf16_length(target)
        if name.isdecimal() and int(name) < len(target):
            return target[int(name)]
    elif isinstance(target, Constructor):
        return target.name if name == "name" else UNDEFINED
    elif isinstance(target, RegExp):
        return {"source": target.source, "flags": target.flags}.get(name, UNDEFINED)
    return _constructor(target) if name == "constructor" else UNDEFINED


def _constructor(target: Value) -> Constructor:
    names = {"string": "String", "number": "Number", "boolean": "Boolean"}
    return Constructor("Array" if isinstance(target, list) else names.get(js.type_name(target), "Object"))


def call_method(target: Value, name: Value, arguments: list[Value]) -> Value:
    """`target.name(...)`; raises `ScriptError` where there is no such method."""
    if target is None or target is UNDEFINED:
        raise ScriptError(f"cannot read the property {name!r} of {js.to_string(target)}")
    methods: dict[str, Callable[..., Any]] = {}
    if isinstance(target, str):
        methods = _TEXT
    elif isinstance(target, list):
        methods = _ARRAY
    elif isinstance(target, RegExp):
        methods = _PATTERN
    method = methods.get(str(name)) or _ANY.get(str(name))
    if method is None:
        raise ScriptError(f"{name} is not a function of a value of type {js.type_name(target)}")
    if isinstance(target, str | list):
        spend(1 + len(target) / 100)
    return method(target, *arguments[:3])


def _argument(value: Value, default: int) -> int:
    number = js.to_number(value)
    return default if value is UNDEFINED or number != number else int(max(min(number, 2**31), -(2**31)))


def _match(text: str, pattern: Value = UNDEFINED, *_: Value) -> Value:
    expression = pattern if isinstance(pattern, RegExp) else compile_pattern(js.to_string(pattern))
    found = expression.search(text)
    return (
        None if found is None else [found.group(), *(UNDEFINED if g is None else g for g in found.groups())]
    )


def _slice(text: Any, start: Value = UNDEFINED, end: Value = UNDEFINED, *_: Value) -> Any:
    return text[_argument(start, 0) : _argument(end, len(text))]


def _substring(text: str, start: Value = UNDEFINED, end: Value = UNDEFINED, *_: Value) -> str:
    a = min(max(_argument(start, 0), 0), len(text))
    b = min(max(_argument(end, len(text)), 0), len(text))
    return text[min(a, b) : max(a, b)]


def _split(text: str, separator: Value = UNDEFINED, *_: Value) -> list[str]:
    if separator is UNDEFINED:
        return [text]
    return text.split(js.to_string(separator)) if separator != "" else list(text)


def _index(items: list[Value], wanted: Value = UNDEFINED, *_: Value) -> int:
    return next((i for i, item in enumerate(items) if js.strict_equal(item, wanted)), -1)


def _char_at(text: str, at: Value = 0, *_: Value) -> str:
    index = _argument(at, 0)
    return text[index] if 0 <= index < len(text) else ""


_TEXT: dict[str, Callable[..., Any]] = {
    "match": _match,
    "search": lambda text, pattern, *_: _position(_match_object(text, pattern)),
    "startsWith": lambda text, start="undefined", *_: text.startswith(js.to_string(start)),
    "endsWith": lambda text, end="undefined", *_: text.endswith(js.to_string(end)),
    "includes": lambda text, part="undefined", *_: js.to_string(part) in text,
    "indexOf": lambda text, part="undefined", *_: text.find(js.to_string(part)),
    "toLowerCase": lambda text, *_: text.lower(),
    "toUpperCase": lambda text, *_: text.upper(),
    "trim": lambda text, *_: text.strip(),
    "slice": _slice,
    "substring": _substring,
    "charAt": _char_at,
    "split": _split,
}
_ARRAY: dict[str, Callable[..., Any]] = {
    "includes": lambda items, wanted=UNDEFINED, *_: _index(items, wanted) >= 0,
    "indexOf": _index,
    "join": lambda items, separator=",", *_: separator.join(js.to_string([item]) for item in items),
    "slice": _slice,
}
_PATTERN: dict[str, Callable[..., Any]] = {
    "test": lambda pattern, text=UNDEFINED, *_: pattern.test(js.to_string(text)),
    "exec": lambda pattern, text=UNDEFINED, *_: _match(js.to_string(text), pattern),
}
_ANY: dict[str, Callable[..., Any]] = {
    "toString": lambda value, *_: js.to_string(value),
    "hasOwnProperty": lambda value, key="undefined", *_: (
        isinstance(value, dict) and js.to_string(key) in value
    ),
}


def _match_object(text: str, pattern: Value) -> Any:
    expression = pattern if isinstance(pattern, RegExp) else compile_pattern(js.to_string(pattern))
    return expression.search(text)


def _position(found: Any) -> int:
    return -1 if found is None else int(found.start())
