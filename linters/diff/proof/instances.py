"""Values that a schema accepts and that lie where another might refuse them.

A small valid value is varied in one place at a time, at the bounds, values and names that either schema
mentions, going deeper only where the two differ. Nothing here is trusted: every value is checked afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, islice
from math import ceil, floor
from typing import Any

from . import formats
from .containment import Structural
from .definitions import JsonSchema, dump, reference
from .outcome import Names
from .patterns import examples
from .views import View, is_number

DEPTH = 14
"""Values are not nested deeper than this."""
PER_CHILD = 24
"""Variations that one property or item contributes."""
STRANGER = "zz-unknown"
"""A name that no schema declares."""


class NoInstance(Exception):
    """No small value was found."""


@dataclass
class Instances:
    """Makes values for the contained side of a pair, with an eye on the containing one."""

    pair: Structural

    def minimal(self, inner: tuple[JsonSchema, ...], depth: int = 0) -> Any:
        """A small value that should satisfy all of `inner`. Raises `NoInstance`."""
        if depth > DEPTH:
            raise NoInstance
        for view in islice(self.pair.alternatives(inner), 8):
            for kind in _simplest(view):
                try:
                    return self._base(view, kind, depth)
                except NoInstance:
                    continue
        raise NoInstance

    def variations(
        self, inner: tuple[JsonSchema, ...], outer: tuple[JsonSchema, ...], depth: int = 0
    ) -> Iterator[Any]:
        """Values that should satisfy `inner` and might not satisfy `outer`, simple ones first."""
        if depth > DEPTH:
            return
        facets = list(self._facets(outer))
        views = list(islice(self.pair.alternatives(inner), 16))
        for view in views:
            yield from _listed(view, facets)
            for kind in _simplest(view):
                try:
                    yield self._base(view, kind, depth)
                except NoInstance:
                    continue
        for view in views:
            for kind in _simplest(view):
                yield from self._vary(view, kind, facets, depth)

    # -- the other side, flattened without regard for its logic --------------------------------------------

    def _facets(self, outer: tuple[JsonSchema, ...]) -> Iterator[dict[str, Any]]:
        stack, seen = list(outer), set()
        while stack:
            schema = stack.pop()
            if isinstance(schema, bool):
                continue
            name = reference(schema)
            if name is not None:
                if name in seen or name not in self.pair.outer:
                    continue
                seen.add(name)
                stack.append(self.pair.outer[name])
            for key in ("allOf", "anyOf", "oneOf"):
                stack.extend(schema.get(key, ()))
            stack.extend(schema[key] for key in ("if", "then", "else", "not") if key in schema)
            yield schema

    # -- small values -------------------------------------------------------------------------------------

    def _base(self, view: View, kind: str, depth: int) -> Any:
        if view.values is not None:
            return next(iter(sorted(view.values, key=lambda value: len(dump(value)))))
        match kind:
            case "null":
                return None
            case "boolean":
                return False
            case "integer" | "number":
                return _number(view, kind)
            case "string":
                return _text(view)
            case "array":
                return self._array(view, depth, view.most("minItems") or 0)
        return self._object(view, depth)

    def _array(self, view: View, depth: int, length: int) -> list[Any]:
        if length > 200:
            raise NoInstance
        wanted = list(view.every("contains"))
        items: list[Any] = []
        distinct = True in view.every("uniqueItems")
        for index in range(max(length, len(wanted))):
            schemas = view.item(index) + ((wanted[index],) if index < len(wanted) else ())
            value = self.minimal(schemas, depth + 1)
            if distinct and any(dump(value) == dump(item) for item in items):
                value = self._other(schemas, items, depth)
            items.append(value)
        return items

    def _other(self, schemas: tuple[JsonSchema, ...], taken: list[Any], depth: int) -> Any:
        known = {dump(value) for value in taken}
        for value in islice(self.variations(schemas, (), depth + 1), 50):
            if dump(value) not in known:
                return value
        raise NoInstance

    def _object(self, view: View, depth: int) -> dict[str, Any]:
        result = {name: self._member(view, name, depth) for name in sorted(view.required)}
        missing = (view.most("minProperties") or 0) - len(result)
        for name in chain(sorted(view.declared - view.required), (f"{STRANGER}{n}" for n in range(50))):
            if missing <= 0:
                break
            try:
                result[name] = self._member(view, name, depth)
                missing -= 1
            except NoInstance:
                continue
        for needed in view.every("dependentRequired"):
            for name in [name for name in needed if name in result]:
                for other in needed[name]:
                    result.setdefault(other, self._member(view, other, depth))
        return result

    def _member(self, view: View, name: str, depth: int) -> Any:
        return self.minimal(view.property(name), depth + 1)

    # -- variations ---------------------------------------------------------------------------------------

    def _vary(self, view: View, kind: str, facets: list[dict[str, Any]], depth: int) -> Iterator[Any]:
        match kind:
            case "boolean":
                yield True
            case "integer" | "number":
                yield from _numbers(view, kind, facets)
            case "string":
                yield from self._lost(view, facets)
                yield from _texts(view, facets)
            case "array":
                yield from self._arrays(view, facets, depth)
            case "object":
                yield from self._objects(view, facets, depth)

    def _refused_names(self, view: View, facets: list[dict[str, Any]]) -> Iterator[str]:
        """The shortest names that the view takes and a `propertyNames` of the other side refuses."""
        own = View(
            ({"type": "string"}, *(one for one in view.every("propertyNames") if isinstance(one, dict)))
        )
        for facet in [one for one in facets if "propertyNames" in one][:4]:
            answer = self.pair.text(own, facet["propertyNames"])
            if answer is not None and answer.text is not None:
                yield answer.text

    def _lost(self, view: View, facets: list[dict[str, Any]]) -> Iterator[str]:
        """A text of the view, and the shortest that patterns of the other side refuse.

        Lengths alone need no automaton.
        """
        own = len(list(view.every("pattern"))) > 1
        targets: list[JsonSchema] = [False] if own else []
        targets.extend([one for one in facets if "pattern" in one][:4])
        for facet in targets:
            answer = self.pair.text(View((*view.parts, {"type": "string"})), facet)
            if answer is not None and answer.text is not None:
                yield answer.text

    def _arrays(self, view: View, facets: list[dict[str, Any]], depth: int) -> Iterator[Any]:
        for length in sorted(_around(view, facets, ("minItems", "maxItems"))):
            try:
                yield self._array(view, depth, length)
            except NoInstance:
                continue
        try:
            one = self.minimal(view.item(0), depth + 1)
            yield [one]
            yield [one, one]
            base = self._array(view, depth, max(view.most("minItems") or 0, 1))
        except NoInstance:
            return
        other = View(tuple(facets))
        for index in range(max(view.prefix, other.prefix) + 1):
            for value in islice(self._differing(view.item(index), other.item(index), depth), PER_CHILD):
                padded = list(base)
                try:
                    while len(padded) <= index:
                        padded.append(self.minimal(view.item(len(padded)), depth + 1))
                except NoInstance:
                    break
                padded[index] = value
                yield padded

    def _objects(self, view: View, facets: list[dict[str, Any]], depth: int) -> Iterator[Any]:
        try:
            base = self._object(view, depth)
        except NoInstance:
            return
        other = View(tuple(facets))
        names = sorted(view.declared | other.declared | other.required)
        if self.pair.names is Names.DECLARED:
            names = [name for name in names if view.declares(name) or name in view.required]
        usable: dict[str, Any] = {}
        for name in names:
            pair = view.property(name), other.property(name) if facets else ()
            for value in islice(self._differing(*pair, depth), PER_CHILD):
                usable.setdefault(name, value)
                yield {**base, name: value}
        yield {**base, **usable}
        yield from self._strangers(view, other, base, depth)

    def _strangers(self, view: View, other: View, base: dict[str, Any], depth: int) -> Iterator[Any]:
        """Properties by names that are declared nowhere, or caught by patterns."""
        patterns = [
            pattern for part in (*view.parts, *other.parts) for pattern in part.get("patternProperties", {})
        ]
        for name in (
            STRANGER,
            *self._refused_names(view, list(other.parts)),
            *(text for pattern in patterns for text in examples(pattern)[:2]),
        ):
            for value in islice(self._differing(view.property(name), other.property(name), depth), 6):
                yield {**base, name: value}
        for count in sorted(_around(view, list(other.parts), ("minProperties", "maxProperties"))):
            if len(base) < count <= 100:
                extra = {f"{STRANGER}{n}": 0 for n in range(count - len(base))}
                yield {**base, **extra}

    def _differing(
        self, inner: tuple[JsonSchema, ...], outer: tuple[JsonSchema, ...], depth: int
    ) -> Iterator[Any]:
        """Variations where the two sides differ, else one small value."""
        same = len(inner) == len(outer) and all(map(self.pair.same.of, inner, outer))
        if not same:
            yield from self.variations(inner, outer, depth + 1)
            return
        try:
            yield self.minimal(inner, depth + 1)
        except NoInstance:
            return


def _simplest(view: View) -> list[str]:
    order = ("null", "boolean", "integer", "number", "string", "array", "object")
    return [kind for kind in order if kind in view.types]


def _listed(view: View, facets: list[dict[str, Any]]) -> Iterator[Any]:
    """Values that either side lists."""
    if view.values is not None:
        yield from view.values
    for facet in facets:
        yield from facet.get("enum", ())
        if "const" in facet:
            yield facet["const"]


def _around(view: View, facets: list[dict[str, Any]], keywords: tuple[str, ...]) -> set[int]:
    """Whole numbers at and beside the bounds that either side sets."""
    found: set[int] = set()
    for part in chain(view.parts, facets):
        for keyword in keywords:
            bound = part.get(keyword)
            if is_number(bound):
                found |= {int(bound) - 1, int(bound), int(bound) + 1}
    return {number for number in found if 0 <= number <= 5000}


def _number(view: View, kind: str) -> int | float:
    for number in _numbers(view, kind, []):
        low, high = view.low, view.high
        exact = Fraction(str(number))
        if low and (exact < low[0] or (low[1] and exact == low[0])):
            continue
        if high and (exact > high[0] or (high[1] and exact == high[0])):
            continue
        if all(
            (exact / Fraction(str(n))).denominator == 1
            for n in view.every("multipleOf")
            if is_number(n) and n
        ):
            return number
    raise NoInstance


def _numbers(view: View, kind: str, facets: list[dict[str, Any]]) -> Iterator[int | float]:
    yield from (0, 1, -1)
    if kind == "number":
        yield from (0.5, -0.5)
    for part in chain(view.parts, facets):
        if part.get("format") in formats.NUMBERS:
            low, high = formats.NUMBERS[part["format"]]
            yield from (int(high) + 1, int(low) - 1)
        steps = [
            n
            for n in (*view.every("multipleOf"), *(f["multipleOf"] for f in facets if "multipleOf" in f))
            if is_number(n)
        ]
        for keyword in ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"):
            bound = part.get(keyword)
            if not is_number(bound):
                continue
            yield from (floor(bound), ceil(bound), floor(bound) - 1, ceil(bound) + 1)
            if kind == "number":
                yield from (bound, bound - 0.5, bound + 0.5)
            for step in steps:
                times = floor(Fraction(str(bound)) / Fraction(str(step))) if step else 0
                for n in (times - 1, times, times + 1):
                    product = Fraction(str(step)) * n
                    yield int(product) if product.denominator == 1 else float(product)


def _text(view: View) -> str:
    for text in _texts(view, []):
        if len(text) >= (view.most("minLength") or 0) and _fits(view, text):
            return text
    raise NoInstance


def _fits(view: View, text: str) -> bool:
    longest = view.least("maxLength")
    named = [name for name in view.every("format") if isinstance(name, str) and formats.restricts(name)]
    patterns = [pattern for pattern in view.every("pattern") if isinstance(pattern, str)]
    return (
        (longest is None or len(text) <= longest)
        and all(formats.CHECKER.conforms(text, name) for name in named)
        and all(text in examples(pattern) or _search(pattern, text) for pattern in patterns)
    )


def _search(pattern: str, text: str) -> bool:
    view = View(({"patternProperties": {pattern: True}},))
    return view.declares(text)


def _texts(view: View, facets: list[dict[str, Any]]) -> Iterator[str]:
    lengths = sorted(_around(view, facets, ("minLength", "maxLength")))
    yield from ("", "a", "0")
    for part in chain(view.parts, facets):
        if part.get("format") in formats.EXAMPLES:
            yield formats.EXAMPLES[part["format"]]
        pattern = part.get("pattern")
        if isinstance(pattern, str):
            for text in examples(pattern):
                yield text
                for length in lengths:
                    if 0 < len(text) < length:
                        yield text + text[-1] * (length - len(text))
    for length in lengths:
        for filler in "a0A":
            yield filler * length
    yield from ("-", " ", "~!", "Aa0-_", "é")
