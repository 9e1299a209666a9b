"""Regular expressions as automata, for questions that matching single texts cannot answer.

A pattern of JSON Schema is a search (2020-12, Validation, 6.3.3) in ECMA-262's syntax. It is read here as a
nondeterministic automaton over `⊢ text ⊣`, where `^` consumes the begin and `$` the end, so that a search is a
match of the whole. What goes beyond regular languages (references, lookarounds, word boundaries) and anchors in
the middle are left: there is no automaton, and whoever asks gets no answer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

# The parser behind `re`: the only reader of its syntax that ships with Python.
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, TypeAlias

Ranges: TypeAlias = tuple[tuple[int, int], ...]
"""Code points from and to, both included, in order and apart."""

STATES = 4_000
"""Patterns that need more states are left."""
LONGEST = 2_000
LAST = 0x10FFFF
BEGIN, END = LAST + 1, LAST + 2
_ANY: Ranges = ((0, 0xD7FF), (0xE000, LAST))
"""Every code point but surrogates, which no text holds."""


class Beyond(Exception):
    """The pattern is beyond what automata can say, or too large."""


@dataclass(slots=True)
class Automaton:
    """Edges by state: on a code point of some ranges, or on nothing. It accepts in `final`."""

    start: int
    final: int
    on: list[list[tuple[Ranges, int]]]
    free: list[list[int]]

    def closed(self, states: frozenset[int]) -> frozenset[int]:
        """The states and all that are reached from them on nothing."""
        found, stack = set(states), list(states)
        while stack:
            for target in self.free[stack.pop()]:
                if target not in found:
                    found.add(target)
                    stack.append(target)
        return frozenset(found)

    def after(self, states: frozenset[int], point: int) -> frozenset[int]:
        return self.closed(
            frozenset(
                target
                for state in states
                for ranges, target in self.on[state]
                if any(low <= point <= high for low, high in ranges)
            )
        )

    def boundaries(self) -> set[int]:
        """Code points at which a range begins, or where one has just ended."""
        return {
            edge
            for edges in self.on
            for ranges, _ in edges
            for pair in ranges
            for edge in (pair[0], pair[1] + 1)
        }


@lru_cache(maxsize=2048)
def searching(pattern: str) -> Automaton | None:
    """The automaton of the texts in which a pattern is found; None where it is beyond automata."""
    if len(pattern) > LONGEST:
        return None
    try:
        return _Builder().search(parser.parse(pattern))
    except (re.error, Beyond, RecursionError, OverflowError):
        return None


@lru_cache(maxsize=2048)
def only(text: str) -> Automaton:
    """The automaton of one text."""
    built = _Builder()
    start = state = built.state()
    for point in (BEGIN, *map(ord, text), END):
        state = built.step(state, ((point, point),))
    return Automaton(start, state, built.on, built.free)


@dataclass(slots=True)
class _Builder:
    on: list[list[tuple[Ranges, int]]] = field(default_factory=list)
    free: list[list[int]] = field(default_factory=list)

    def state(self) -> int:
        if len(self.on) >= STATES:
            raise Beyond
        self.on.append([])
        self.free.append([])
        return len(self.on) - 1

    def step(self, state: int, ranges: Ranges) -> int:
        target = self.state()
        self.on[state].append((ranges, target))
        return target

    def join(self, state: int, target: int) -> None:
        self.free[state].append(target)

    def search(self, tree: Any) -> Automaton:
        start, inside, final = self.state(), self.state(), self.state()
        self.on[start].append((((BEGIN, BEGIN),), inside))
        self.on[inside].append((_ANY, inside))
        # An expression that begins with `^` consumes the begin itself; any other starts behind it.
        entry = self.state()
        self.join(start, entry)
        self.join(inside, entry)
        end = self.sequence(tree, entry, leading=True, trailing=True)
        self.on[end].append((_ANY, end))
        self.on[end].append((((END, END),), final))
        self.join(end, final)  # `$` has consumed the end
        return Automaton(start, final, self.on, self.free)

    def sequence(self, tree: Any, state: int, *, leading: bool, trailing: bool) -> int:
        items = list(tree)
        for index, (code, argument) in enumerate(items):
            at_start, at_end = leading and index == 0, trailing and index == len(items) - 1
            state = self.one(code, argument, state, leading=at_start, trailing=at_end)
        return state

    def one(self, code: Any, argument: Any, state: int, *, leading: bool, trailing: bool) -> int:
        if code is op.AT:
            return self.anchor(argument, state, leading=leading, trailing=trailing)
        if code in (op.MAX_REPEAT, op.MIN_REPEAT):
            return self.repeat(argument, state, leading=leading, trailing=trailing)
        if code is op.SUBPATTERN:
            if argument[1] or argument[2]:
                raise Beyond  # flags inside a pattern, which ECMA-262 does not have
            return self.sequence(argument[-1], state, leading=leading, trailing=trailing)
        if code is op.BRANCH:
            after = self.state()
            for branch in argument[1]:
                self.join(self.sequence(branch, state, leading=leading, trailing=trailing), after)
            return after
        return self.step(state, characters(code, argument))

    def anchor(self, argument: Any, state: int, *, leading: bool, trailing: bool) -> int:
        if argument is op.AT_BEGINNING and leading:
            return self.step(state, ((BEGIN, BEGIN),))
        if argument is op.AT_END and trailing:
            return self.step(state, ((END, END),))
        raise Beyond

    def repeat(self, argument: Any, state: int, *, leading: bool, trailing: bool) -> int:
        low, high, body = argument
        once = high == 1
        for _ in range(int(low)):
            state = self.sequence(body, state, leading=leading and once, trailing=trailing and once)
        if high is parser.MAXREPEAT:
            loop = self.state()
            self.join(state, loop)
            self.join(self.sequence(body, loop, leading=False, trailing=False), loop)
            return loop
        after = self.state()
        self.join(state, after)
        for _ in range(int(high) - int(low)):
            state = self.sequence(body, state, leading=leading and once, trailing=trailing and once)
            self.join(state, after)
        return after


_DIGITS: Ranges = ((48, 57),)
_WORD: Ranges = ((48, 57), (65, 90), (95, 95), (97, 122))
# ECMA-262, 22.2.2.9: white space and line ends.
_SPACE: Ranges = (
    (9, 13), (32, 32), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A), (0x2028, 0x2029),
    (0x202F, 0x202F), (0x205F, 0x205F), (0x3000, 0x3000), (0xFEFF, 0xFEFF),
)  # fmt: skip
_LINE_ENDS: Ranges = ((10, 10), (13, 13), (0x2028, 0x2029))


def characters(code: Any, argument: Any) -> Ranges:
    """The code points that one element of a pattern matches. Raises `Beyond` for what is no set of them."""
    if code is op.LITERAL:
        return ((argument, argument),)
    if code is op.NOT_LITERAL:
        return complement(((argument, argument),))
    if code is op.ANY:
        return complement(_LINE_ENDS)
    if code is not op.IN:
        raise Beyond
    negated = bool(argument) and argument[0][0] is op.NEGATE
    found: list[tuple[int, int]] = []
    for kind, value in argument[1:] if negated else argument:
        if kind is op.LITERAL:
            found.append((value, value))
        elif kind is op.RANGE:
            found.append(tuple(value))
        elif kind is op.CATEGORY and value in _CATEGORIES:
            found.extend(_CATEGORIES[value])
        else:
            raise Beyond
    return complement(tuple(found)) if negated else tuple(found)


def complement(ranges: Ranges) -> Ranges:
    """Every other code point."""
    found: list[tuple[int, int]] = []
    for first, last in _ANY:
        at = first
        for low, high in sorted(ranges):
            if high < at or low > last:
                continue
            if low > at:
                found.append((at, low - 1))
            at = max(at, high + 1)
        if at <= last:
            found.append((at, last))
    return tuple(found)


_CATEGORIES: dict[Any, Ranges] = {
    op.CATEGORY_DIGIT: _DIGITS,
    op.CATEGORY_NOT_DIGIT: complement(_DIGITS),
    op.CATEGORY_SPACE: _SPACE,
    op.CATEGORY_NOT_SPACE: complement(_SPACE),
    op.CATEGORY_WORD: _WORD,
    op.CATEGORY_NOT_WORD: complement(_WORD),
}
