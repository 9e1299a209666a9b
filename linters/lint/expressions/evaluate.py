"""An expression compiled to nested functions: no code is generated, and nothing outside JSON is in reach."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from contracts.pointers import Path
from linters.lint import javascript as js
from linters.lint.errors import ScriptError
from linters.lint.javascript import UNDEFINED, Value
from linters.lint.regular_expressions import compile_pattern

from .methods import call_method, member
from .syntax import Binary, Call, Choice, Expression, Items, Literal, Member, Name, Pattern, Unary


@dataclass(slots=True)
class Link:
    """A node on the way from the root: what leads to it, and itself."""

    above: Link | None
    key: str | int
    value: Value

    @property
    def path(self) -> Path:
        keys: list[str | int] = []
        link = self
        while link.above is not None:
            keys.append(link.key)
            link = link.above
        return tuple(reversed(keys))


class Here:
    """What a filter may ask for besides the value: its key, what holds it, and the root."""

    __slots__ = ("link", "property", "root")

    def __init__(self, root: Value) -> None:
        self.root = root
        self.link = Link(None, "", root)
        """The node that holds the value."""
        self.property: Value = UNDEFINED

    @property
    def parent_property(self) -> Value:
        return UNDEFINED if self.link.above is None else self.link.key

    @property
    def path(self) -> str:
        """As jsonpath-plus prints it: `$['paths'][0]`."""
        keys = [*self.link.path, self.property]
        return "$" + "".join(f"[{key}]" if isinstance(key, int) else f"['{key}']" for key in keys)


Evaluator: TypeAlias = Callable[[Value, Here], Value]

_TYPES: dict[str, Callable[[Value], bool]] = {
    "@string": lambda value: isinstance(value, str),
    "@number": js.is_number,
    "@integer": lambda value: js.is_number(value) and float(value).is_integer(),
    "@boolean": lambda value: isinstance(value, bool),
    "@null": lambda value: value is None,
    "@array": lambda value: isinstance(value, list),
    "@object": lambda value: isinstance(value, dict | list),
    "@scalar": lambda value: not isinstance(value, dict | list) and value is not UNDEFINED,
    "@nonFinite": lambda value: js.is_number(value) and not math.isfinite(value),
    "@undefined": lambda value: value is UNDEFINED,
}

_OPERATORS: dict[str, Callable[[Value, Value], Value]] = {
    "===": js.strict_equal,
    "!==": lambda left, right: not js.strict_equal(left, right),
    "==": js.loose_equal,
    "!=": lambda left, right: not js.loose_equal(left, right),
    "<": js.less,
    "<=": js.less_or_equal,
    ">": lambda left, right: js.less(right, left),
    ">=": lambda left, right: js.less_or_equal(right, left),
    "+": js.add,
    "-": lambda left, right: js.to_number(left) - js.to_number(right),
    "*": lambda left, right: js.to_number(left) * js.to_number(right),
    "/": js.divide,
    "%": js.remainder,
}


def compile_expression(expression: Expression, names: Mapping[str, Any] | None = None) -> Evaluator:
    """A function of a value and its surroundings.

    `names` are the values of plain names. What JavaScript would refuse when it comes to it (a name that is
    not defined, a member of null) raises `ScriptError` when it comes to it.
    """
    return _Compiler(names or {}).compile(expression)


class _Compiler:
    def __init__(self, names: Mapping[str, Any]) -> None:
        self.names = names

    def compile(self, expression: Expression) -> Evaluator:
        match expression:
            case Literal(value):
                return lambda _value, _here: value
            case Pattern(source, flags):
                pattern = compile_pattern(source, flags)
                return lambda _value, _here: pattern
            case Name(name):
                return self._name(name)
            case Member(target, Literal(str(key))):
                return _fixed_member(self.compile(target), key, target == Name("@"))
            case Member(target, key_expression):
                of, key_of = self.compile(target), self.compile(key_expression)
                return lambda value, here: member(of(value, here), key_of(value, here))
            case Call(callee, arguments):
                return self._call(callee, tuple(self.compile(argument) for argument in arguments))
            case Unary(operator, operand):
                return self._unary(operator, self.compile(operand))
            case Binary(operator, left, right):
                return self._binary(operator, left, right)
            case Choice(test, yes, no):
                test_of, yes_of, no_of = self.compile(test), self.compile(yes), self.compile(no)
                return lambda v, here: yes_of(v, here) if js.truthy(test_of(v, here)) else no_of(v, here)
            case Items(items):
                evaluators = tuple(self.compile(item) for item in items)
                return lambda value, here: [of(value, here) for of in evaluators]

    def _name(self, name: str) -> Evaluator:
        match name:
            case "@":
                return lambda value, _here: value
            case "@property":
                return lambda _value, here: here.property
            case "@parentProperty":
                return lambda _value, here: here.parent_property
            case "@parent":
                return lambda _value, here: here.link.value
            case "@root":
                return lambda _value, here: here.root
            case "@path":
                return lambda _value, here: here.path
        if name in self.names:
            value = self.names[name]
            return lambda _value, _here: value
        return _failing(f"{name!r} is not defined")

    def _call(self, callee: Expression, arguments: tuple[Evaluator, ...]) -> Evaluator:
        if isinstance(callee, Member):
            of, key_of = self.compile(callee.object), self.compile(callee.key)
            if callee.object == Name("@property"):
                of = _property_text

            def method(value: Value, here: Here) -> Value:
                target = of(value, here)
                return call_method(target, key_of(value, here), [of(value, here) for of in arguments])

            return method
        if isinstance(callee, Name):
            if (is_type := _TYPES.get(callee.name)) is not None and not arguments:
                return lambda value, _here: is_type(value)
            function = self.names.get(callee.name)
            if callable(function):
                return lambda value, here: function(*(of(value, here) for of in arguments))
            return _failing(f"{callee.name!r} is not defined")
        return _failing("only methods can be called")

    def _unary(self, operator: str, operand: Evaluator) -> Evaluator:
        match operator:
            case "!":
                return lambda value, here: not js.truthy(operand(value, here))
            case "-":
                return lambda value, here: -js.to_number(operand(value, here))
            case "+":
                return lambda value, here: js.to_number(operand(value, here))
            case "void":
                return lambda _value, _here: UNDEFINED
        return _failing(f"the operator {operator} is not supported")

    def _binary(self, operator: str, left: Expression, right: Expression) -> Evaluator:
        first, second = self.compile(left), self.compile(right)
        truthy = js.truthy
        if operator == "&&":

            def both(value: Value, here: Here) -> Value:
                result = first(value, here)
                if result is False:
                    return result
                return second(value, here) if result is True or truthy(result) else result

            return both
        if operator == "||":

            def either(value: Value, here: Here) -> Value:
                result = first(value, here)
                if result is True:
                    return result
                return result if result is not False and truthy(result) else second(value, here)

            return either
        if operator == "??":

            def otherwise(value: Value, here: Here) -> Value:
                result = first(value, here)
                return second(value, here) if result is None or result is UNDEFINED else result

            return otherwise
        if operator == "in":
            return lambda value, here: _is_in(first(value, here), second(value, here))
        apply = _OPERATORS[operator]
        return lambda value, here: apply(first(value, here), second(value, here))


def _property_text(_value: Value, here: Here) -> Value:
    """Methods see the property as text also in arrays, so that `@property.match(…)` may look at all of a document."""
    return js.to_string(here.property) if js.is_number(here.property) else here.property


def _fixed_member(of: Evaluator, key: str, on_value: bool) -> Evaluator:
    if on_value:

        def own(value: Value, _here: Here) -> Value:
            if value.__class__ is dict and key in value:
                return value[key]
            return member(value, key)

        return own
    return lambda value, here: member(of(value, here), key)


def _is_in(left: Value, right: Value) -> bool:
    """`x in [a, b]` asks for an item, as JSONPath's authors mean it; of an object it asks for a key."""
    if isinstance(right, list):
        return any(js.strict_equal(left, item) for item in right)
    if isinstance(right, dict):
        return js.to_string(left) in right
    raise ScriptError(f"'in' needs an array or an object on its right, not {js.to_string(right)}")


def _failing(message: str) -> Evaluator:
    def fail(_value: Value, _here: Here) -> Value:
        raise ScriptError(message)

    return fail
