"""Schemas of texts, decided: does every text that one takes satisfy the other, and if not, which does not?

Patterns, lengths and listed texts are regular languages, and `allOf`, `anyOf`, `oneOf`, `not` and `if` combine
them by truth values. All of them are followed at once, character by character, breadth first, so that the first
difference is a shortest one. Formats are not looked into: whether a text has one is tried both ways, which
proves a yes and no more.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from typing import Any, TypeAlias

from .automata import _ANY, BEGIN, END, Automaton, only, searching
from .definitions import ANNOTATIONS, JsonSchema, dump

STEPS = 20_000
"""Steps of all automata together that one question may take."""
LONGEST = 10_000
"""Texts longer than this are not written out."""
_LISTED = 200
_TYPES = frozenset(("string",))
_OTHERS = frozenset(
    (
        "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "items", "prefixItems",
        "contains", "minContains", "maxContains", "minItems", "maxItems", "uniqueItems", "properties",
        "patternProperties", "additionalProperties", "required", "minProperties", "maxProperties",
        "propertyNames", "dependentRequired", "dependentSchemas", "unevaluatedItems", "unevaluatedProperties",
        "contentMediaType", "contentEncoding", "contentSchema", "then", "else",
    )
)  # fmt: skip
"""Keywords that say nothing about a text, or are read with another."""

Truth: TypeAlias = Callable[["State"], bool]
Resolve: TypeAlias = Callable[[JsonSchema], JsonSchema | None]
"""What a reference leads to; None where it leads nowhere."""


class Unread(Exception):
    """A keyword that cannot be followed, or more than can be followed in bounded time."""


@dataclass(frozen=True, slots=True)
class Answer:
    """`text` is one that the first schema takes and the second does not; None where there is none."""

    text: str | None
    certain: bool = True
    """Whether the text is one for sure: with formats in play it is a mere candidate."""


@dataclass(frozen=True, slots=True)
class State:
    """Where all automata stand, how long the text is, and which formats it is taken to have."""

    sets: tuple[frozenset[int], ...]
    length: int
    formats: frozenset[str]


def difference(
    inner: Iterable[tuple[JsonSchema, Resolve]], outer: tuple[JsonSchema, Resolve], *, formats: bool = True
) -> Answer | None:
    """A shortest text that satisfies all of `inner` and not `outer`; None where that could not be decided.

    `formats` False takes `format` for the annotation that it is by default (2020-12, Validation, 7.2.1).
    """
    reading = _Reading(formats)
    try:
        taken = [reading.read(*one) for one in inner]
        refused = reading.read(*outer)
        for chosen in reading.choices():
            text = reading.shortest(lambda at: all(one(at) for one in taken) and not refused(at), chosen)
            if text is not None:
                return Answer(text, certain=not reading.formats)
    except (Unread, RecursionError):
        return None
    return Answer(None)


@dataclass(slots=True)
class _Reading:
    """Schemas as truth values of a state."""

    asserting: bool = True
    automata: dict[tuple[str, str], tuple[int, Automaton]] = field(default_factory=dict)
    lengths: set[int] = field(default_factory=set)
    formats: set[str] = field(default_factory=set)
    spent: int = 0

    def read(self, schema: JsonSchema, resolve: Resolve, depth: int = 0) -> Truth:
        if isinstance(schema, bool):
            return _always(schema)
        if depth > 40:
            raise Unread
        parts = list(self._parts(schema, resolve, depth + 1))
        return lambda at: all(part(at) for part in parts)

    def _parts(self, schema: dict[str, Any], resolve: Resolve, depth: int) -> Iterator[Truth]:
        def below(one: JsonSchema) -> Truth:
            return self.read(one, resolve, depth)

        for keyword, value in schema.items():
            match keyword:
                case "$ref":
                    target = resolve({"$ref": value})
                    if target is None:
                        raise Unread
                    yield below(target)
                case "type":
                    admits = value == "string" or (isinstance(value, list) and "string" in value)
                    yield _always(admits)
                case "pattern":
                    yield self._follow("pattern", value)
                case "minLength" | "maxLength":
                    yield self._length(keyword, value)
                case "const":
                    yield self._one_of([value])
                case "enum":
                    yield self._one_of(value)
                case "format":
                    yield self._format(str(value))
                case "allOf" | "anyOf" | "oneOf":
                    yield _combined(keyword, [below(one) for one in value])
                case "not":
                    yield _not(below(value))
                case "if":
                    yield _conditional(*(below(schema.get(key, True)) for key in ("if", "then", "else")))
                case _ if keyword in _OTHERS or keyword in ANNOTATIONS or keyword.startswith("x-"):
                    continue
                case _:
                    raise Unread

    def _format(self, name: str) -> Truth:
        if not self.asserting:
            return _always(True)
        self.formats.add(name)
        return lambda at: name in at.formats

    def _follow(self, kind: str, value: Any) -> Truth:
        if not isinstance(value, str):
            raise Unread
        found = self.automata.get((kind, value))
        if found is None:
            automaton = searching(value) if kind == "pattern" else only(value)
            if automaton is None:
                raise Unread
            found = self.automata[kind, value] = (len(self.automata), automaton)
        number, automaton = found
        return lambda at: automaton.final in at.sets[number]

    def _length(self, keyword: str, value: Any) -> Truth:
        if not isinstance(value, int | float) or value != int(value):
            raise Unread
        bound = int(value)
        self.lengths.add(bound)
        return (lambda at: at.length >= bound) if keyword == "minLength" else (lambda at: at.length <= bound)

    def _one_of(self, values: Any) -> Truth:
        texts = [one for one in values if isinstance(one, str)]
        if len(texts) > _LISTED:
            raise Unread
        tests = [self._follow("text", one) for one in texts]
        return lambda at: any(test(at) for test in tests)

    def choices(self) -> Iterator[frozenset[str]]:
        """Every way to have formats or not."""
        names = sorted(self.formats)
        if len(names) > 4:
            raise Unread
        for held in product((True, False), repeat=len(names)):
            yield frozenset(name for name, has in zip(names, held, strict=True) if has)

    def shortest(self, wanted: Truth, formats: frozenset[str]) -> str | None:
        """A shortest text for which `wanted` holds; None where there is none. Raises `Unread` when it takes long."""
        automata = [automaton for _, automaton in self.automata.values()]
        if not automata:
            return self._by_length(wanted, formats)
        points = representatives(automata)
        most = max(self.lengths, default=-1) + 1
        starts = tuple(one.after(one.closed(frozenset((one.start,))), BEGIN) for one in automata)
        first = (starts, 0)
        seen = {first}
        queue: deque[tuple[tuple[tuple[frozenset[int], ...], int], str]] = deque([(first, "")])
        while queue:
            (sets, length), text = queue.popleft()
            ended = tuple(one.after(held, END) for one, held in zip(automata, sets, strict=True))
            if wanted(State(ended, length, formats)):
                return text
            for point in points:
                self.spent += 1 + len(automata)
                if self.spent > STEPS:
                    raise Unread
                onward = tuple(one.after(held, point) for one, held in zip(automata, sets, strict=True))
                key = (onward, min(length + 1, most))
                if key not in seen:
                    seen.add(key)
                    queue.append((key, text + chr(point)))
        return None

    def _by_length(self, wanted: Truth, formats: frozenset[str]) -> str | None:
        """The same where nothing but the length of a text counts: only lengths beside a bound can differ."""
        beside = {0, *(bound + step for bound in self.lengths for step in (-1, 0, 1))}
        for length in sorted(one for one in beside if one >= 0):
            if wanted(State((), length, formats)):
                if length > LONGEST:
                    raise Unread
                return "a" * length
        return None


def _always(truth: bool) -> Truth:
    return lambda _: truth


def _not(inside: Truth) -> Truth:
    return lambda at: not inside(at)


def _combined(keyword: str, parts: list[Truth]) -> Truth:
    if keyword == "oneOf":
        return lambda at: sum(part(at) for part in parts) == 1
    combine = all if keyword == "allOf" else any
    return lambda at: combine(part(at) for part in parts)


def _conditional(test: Truth, then: Truth, otherwise: Truth) -> Truth:
    return lambda at: then(at) if test(at) else otherwise(at)


def representatives(automata: Iterable[Automaton]) -> list[int]:
    """One code point for each set of them that no automaton tells apart; letters where there is a choice."""
    ranges = list({one for automaton in automata for edges in automaton.on for one, _ in edges})
    edges = sorted({edge for one in ranges for pair in one for edge in (pair[0], pair[1] + 1)} | {97, 0x80})
    bounds = [edge for edge in edges if edge <= _ANY[1][1]]
    found: dict[tuple[bool, ...], int] = {}
    for point in sorted(filter(_is_text, {0, 0xE000, *bounds}), key=_plainness):
        signature = tuple(any(low <= point <= high for low, high in one) for one in ranges)
        found.setdefault(signature, point)
    return sorted(found.values(), key=_plainness)


def _is_text(point: int) -> bool:
    return any(low <= point <= high for low, high in _ANY)


def _plainness(point: int) -> tuple[int, int]:
    """Letters, then digits, then what else can be seen, then the rest."""
    if 97 <= point <= 122:
        return 0, point
    if 48 <= point <= 57 or 65 <= point <= 90:
        return 1, point
    return (2, point) if 32 < point < 127 else (3, point)


@lru_cache(maxsize=4096)
def is_within(special: str, general: str) -> bool:
    """Whether every text in which the one pattern is found holds the other; False also where that is open."""
    return _pair([{"pattern": special}], {"pattern": general})


@lru_cache(maxsize=4096)
def are_apart(one: str, other: str) -> bool:
    """Whether no text holds both patterns; False also where that is open."""
    return _pair([{"pattern": one}], {"not": {"pattern": other}})


def _pair(inner: list[JsonSchema], outer: JsonSchema) -> bool:
    answer = difference([(one, _nowhere) for one in inner], (outer, _nowhere))
    return answer is not None and answer.text is None


def _nowhere(_: JsonSchema) -> JsonSchema | None:
    return None


__all__ = ["Answer", "are_apart", "difference", "dump", "is_within"]
