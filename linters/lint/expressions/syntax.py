"""The parts of an expression."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias


@dataclass(frozen=True, slots=True)
class Literal:
    """Text, a number, true, false, null or undefined."""

    value: Any


@dataclass(frozen=True, slots=True)
class Pattern:
    """A regular expression literal."""

    source: str
    flags: str


@dataclass(frozen=True, slots=True)
class Name:
    """A name: `@`, `@property`, or one that the surroundings define."""

    name: str


@dataclass(frozen=True, slots=True)
class Member:
    """`object.key` or `object[key]`."""

    object: Expression
    key: Expression


@dataclass(frozen=True, slots=True)
class Call:
    """`callee(arguments)`; the callee is a member, or a name such as `@string`."""

    callee: Expression
    arguments: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Unary:
    operator: str
    operand: Expression


@dataclass(frozen=True, slots=True)
class Binary:
    operator: str
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Choice:
    """`test ? yes : no`."""

    test: Expression
    yes: Expression
    no: Expression


@dataclass(frozen=True, slots=True)
class Items:
    """An array literal."""

    items: tuple[Expression, ...]


Expression: TypeAlias = Literal | Pattern | Name | Member | Call | Unary | Binary | Choice | Items


def parts(expression: Expression) -> tuple[Expression, ...]:
    """What an expression is directly made of."""
    match expression:
        case Member(target, key):
            return target, key
        case Call(callee, arguments):
            return callee, *arguments
        case Unary(_, operand):
            return (operand,)
        case Binary(_, left, right):
            return left, right
        case Choice(test, yes, no):
            return test, yes, no
        case Items(items):
            return items
    return ()


def depth(expression: Expression) -> int:
    """How many expressions stand in one another."""
    level, count = [expression], 0
    while level:
        level = [part for one in level for part in parts(one)]
        count += 1
    return count
