"""What a schema accepts, kind by kind, as far as an acceptor is going to know it.

A node never accepts more than its schema. What it leaves out is undecided, not refused: the validator is asked then.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Final, TypeVar

from .patterns import Inexpressible

_Bound = TypeVar("_Bound", int, float)
_Literal = TypeVar("_Literal", str, int)
_ALTERNATIVES: Final = 40
"""Alternatives for one place, which are tried one after the other."""
_PAIRS: Final = 20_000


@dataclass(frozen=True, slots=True)
class Strings:
    """Strings of `least` to `most` characters that match every pattern (of `formats` and `patterns`).

    Where `literals` is not None, the string is one of these.
    """

    least: int = 0
    most: int | None = None
    patterns: frozenset[str] = frozenset()
    literals: frozenset[str] | None = None

    def __and__(self, other: Strings) -> Strings:
        return Strings(
            max(self.least, other.least),
            _least(self.most, other.most),
            self.patterns | other.patterns,
            _common(self.literals, other.literals),
        )


@dataclass(frozen=True, slots=True)
class Numbers:
    """Numbers within inclusive bounds; `above` and `below` are exclusive ones."""

    integer: bool = False
    minimum: float | None = None
    maximum: float | None = None
    above: float | None = None
    below: float | None = None
    multiples: frozenset[int] = frozenset()
    """Of integers only."""
    literals: frozenset[int] | None = None

    def __and__(self, other: Numbers) -> Numbers:
        return Numbers(
            self.integer or other.integer,
            _greatest(self.minimum, other.minimum),
            _least(self.maximum, other.maximum),
            _greatest(self.above, other.above),
            _least(self.below, other.below),
            self.multiples | other.multiples,
            _common(self.literals, other.literals),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Array:
    items: Node
    least: int = 0
    most: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Object:
    """`rest` is what other properties than the named ones hold, None where nothing is known about them."""

    properties: Mapping[str, Node] = field(default_factory=dict)
    required: frozenset[str] = frozenset()
    rest: Node | None = None
    least: int = 0
    most: int | None = None

    @property
    def hopeless(self) -> bool:
        """Whether nothing is known of a property that it requires."""
        return any(self.of(name).empty for name in self.required)

    def of(self, name: str) -> Node:
        """What a property holds."""
        return self.properties.get(name) or self.rest or NOTHING


@dataclass(slots=True, eq=False)
class Node:
    """What stands in one place, by the kind of value. `ready` is False while it is still being made: schemas may hold
    themselves."""

    null: bool = False
    booleans: frozenset[bool] = frozenset()
    numbers: Numbers | None = None
    strings: Strings | None = None
    array: Array | None = None
    objects: tuple[Object, ...] = ()
    """One of these; more than one only where a value of any of them is valid."""
    ready: bool = True

    def become(self, other: Node) -> None:
        """Takes over what was made for it."""
        self.null, self.booleans, self.numbers, self.strings = (
            other.null, other.booleans, other.numbers, other.strings,
        )  # fmt: skip
        self.array, self.objects, self.ready = other.array, other.objects, True

    @property
    def empty(self) -> bool:
        """Whether nothing at all is known to be valid."""
        strings, numbers = self.strings, self.numbers
        if (strings is not None and strings.literals != frozenset()) or (
            numbers is not None and numbers.literals != frozenset()
        ):
            return False
        return self.ready and not (self.null or self.booleans or self.array or self.objects)

    def __or__(self, other: Node) -> Node:
        """What either knows. Where both know something of scalars or arrays, only what one of them knows is kept."""
        objects = (*self.objects, *other.objects)
        if len(objects) > _ALTERNATIVES:
            raise Inexpressible("too many alternatives")
        return Node(
            self.null or other.null,
            self.booleans | other.booleans,
            self.numbers or other.numbers,
            _either_strings(self.strings, other.strings),
            self.array or other.array,
            objects,
        )


def _either_strings(one: Strings | None, other: Strings | None) -> Strings | None:
    if one is not None and other is not None and one.literals is not None and other.literals is not None:
        plain = Strings(literals=one.literals), Strings(literals=other.literals)
        if (one, other) == plain:
            return Strings(literals=one.literals | other.literals)
    return one or other


def _common(one: frozenset[_Literal] | None, other: frozenset[_Literal] | None) -> frozenset[_Literal] | None:
    if one is None or other is None:
        return one if other is None else other
    return one & other


def _least(one: _Bound | None, other: _Bound | None) -> _Bound | None:
    return other if one is None else one if other is None else min(one, other)


def _greatest(one: _Bound | None, other: _Bound | None) -> _Bound | None:
    return other if one is None else one if other is None else max(one, other)


ANYTHING: Final = Node(ready=False)
"""Any value at all."""
ANYTHING.become(
    Node(
        True,
        frozenset({True, False}),
        Numbers(),
        Strings(),
        Array(ANYTHING),
        (Object(rest=ANYTHING),),
    )
)
NOTHING: Final = Node()
"""Nothing is known."""


class Intersections:
    """What holds together. Each pair of nodes is made once, so that schemas that hold themselves come to an end."""

    def __init__(self) -> None:
        self._made: dict[tuple[int, int], tuple[Node, Node, Node]] = {}
        self._left = _PAIRS

    def of(self, one: Node, other: Node) -> Node:
        """What both know. Raises `Inexpressible` where it would be too large."""
        if one is other or other is ANYTHING:
            return one
        if one is ANYTHING:
            return other
        if not (one.ready and other.ready):
            return NOTHING  # of what holds itself no more is known by then
        key = id(one), id(other)
        held = self._made.get(key)
        if held is None:
            self._left -= 1
            if self._left < 0:
                raise Inexpressible("it is too large")
            made = Node(ready=False)
            self._made[key] = held = (
                one,
                other,
                made,
            )  # with the two, so that their ids are not given away again
            made.become(self._narrowed(one, other))
        return held[2]

    def _narrowed(self, one: Node, other: Node) -> Node:
        both = (self.objects(held, another) for held, another in product(one.objects, other.objects))
        objects = tuple(held for held in both if not held.hopeless)
        if len(objects) > _ALTERNATIVES:
            raise Inexpressible("too many alternatives")
        return Node(
            one.null and other.null,
            one.booleans & other.booleans,
            one.numbers & other.numbers if one.numbers and other.numbers else None,
            one.strings & other.strings if one.strings and other.strings else None,
            self._arrays(one.array, other.array) if one.array and other.array else None,
            objects,
        )

    def _arrays(self, one: Array, other: Array) -> Array:
        return Array(
            self.of(one.items, other.items), max(one.least, other.least), _least(one.most, other.most)
        )

    def objects(self, one: Object, other: Object) -> Object:
        """An object of both."""
        names = dict.fromkeys((*one.properties, *other.properties))
        return Object(
            {name: self.of(one.of(name), other.of(name)) for name in names},
            one.required | other.required,
            None if one.rest is None or other.rest is None else self.of(one.rest, other.rest),
            max(one.least, other.least),
            _least(one.most, other.most),
        )
