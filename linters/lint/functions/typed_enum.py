"""`typedEnum`: the values of an `enum` are of the `type` beside it.

Null is allowed where the schema is `nullable`, which in OpenAPI 2.0 is called `x-nullable`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from linters.lint.function import Check, Context, Function, Problem
from linters.lint.javascript import is_number
from linters.lint.printing import brief

_TYPES: dict[str, Callable[[Any], bool]] = {
    "string": lambda value: isinstance(value, str),
    "number": is_number,
    "integer": lambda value: is_number(value) and float(value).is_integer(),
    "boolean": lambda value: isinstance(value, bool),
    "null": lambda value: value is None,
    "array": lambda value: isinstance(value, list),
    "object": lambda value: isinstance(value, dict),
}
_CLASSES: Mapping[str, frozenset[type]] = {
    "string": frozenset({str}),
    "number": frozenset({int, float}),
    "integer": frozenset({int}),
    "boolean": frozenset({bool}),
    "null": frozenset({type(None)}),
    "array": frozenset({list}),
    "object": frozenset({dict}),
}
"""Classes all of whose values are of a type."""


def _prepare(_options: Mapping[str, Any]) -> Check:
    return _check


def _check(target: Any, context: Context) -> Iterable[Problem]:
    if not isinstance(target, dict) or not isinstance(target.get("enum"), list):
        return
    stated = target.get("type")
    types = [stated] if isinstance(stated, str) else stated
    if not isinstance(types, list) or not all(isinstance(name, str) and name in _TYPES for name in types):
        return
    if target.get("x-nullable" if "oas2" in context.formats else "nullable") is True:
        types = [*types, "null"]
    values = target["enum"]
    if not set(map(type, values)).difference(*(_CLASSES.get(name, ()) for name in types)):
        return  # as nearly all are: none has to be looked at by itself
    wanted = " or ".join(types)
    for index, value in enumerate(values):
        if not any(_TYPES[name](value) for name in types):
            yield Problem(f"The enum value {brief(value)} is not of the type {wanted}.", ("enum", index))


FUNCTION = Function("typedEnum", None, _prepare)
