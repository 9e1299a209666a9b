"""The text of a JSONPath to its steps.

Two readers are imitated. Nimma's grammar is tried first; what it does not take (names with other characters,
steps behind `^`) is read as jsonpath-plus does, which takes names literally and for which `.[` is no descent.
"""

from __future__ import annotations

import re
from functools import lru_cache

from linters.lint.errors import ScriptError
from linters.lint.expressions import compile_expression, needs
from linters.lint.expressions import parse as parse_expression

from .steps import Anything, Filter, JsonPath, Names, Selector, Slice, Step

_NAME = re.compile(r"[A-Za-z0-9_$-]+")
_LITERAL_NAME = re.compile(r"[^.\[\]^~]+")
_TYPE_TEST = re.compile(r"@[A-Za-z]+\(\)")
_SLICE = re.compile(r"\s*(-?\d+)?\s*:\s*(-?\d+)?\s*(?::\s*(-?\d+)?\s*)?")
_UNION = re.compile(r"\s*(?:'([^'\\]*)'|\"([^\"\\]*)\")\s*|([A-Za-z0-9_$-]+)")
_FROM_END = re.compile(r"@\.length\s*-\s*(\d+)")
_LONGEST = 10_000
_MOST_STEPS = 200


class _NotNimma(Exception):
    """Nimma's grammar does not take the expression."""


@lru_cache(maxsize=8192)
def parse(text: str) -> JsonPath:
    """Raises `ScriptError` for what neither reader takes."""
    text = text.strip()
    if not text.startswith("$"):
        raise ScriptError(f"a JSONPath begins with '$', this one is {text!r}")
    if len(text) > _LONGEST:
        raise ScriptError(f"the JSONPath has {len(text):,} characters; {_LONGEST:,} are allowed")
    try:
        return _Parser(text, literal=False).path()
    except _NotNimma:
        return _Parser(text, literal=True).path()


class _Parser:
    def __init__(self, text: str, *, literal: bool, at: int = 1) -> None:
        self.text = text
        self.literal = literal
        self.at = at
        self.steps: list[Step] = []

    def _fail(self, why: str) -> ScriptError:
        return ScriptError(f"{why} at character {self.at} of the JSONPath {self.text!r}")

    def path(self) -> JsonPath:
        text = self.text
        while self.at < len(text) and text[self.at] not in "^~":
            self._step()
            if len(self.steps) > _MOST_STEPS:
                raise self._fail(f"there are more than {_MOST_STEPS} steps")
        up = 0
        while text.startswith("^", self.at):
            up, self.at = up + 1, self.at + 1
        keys = text.startswith("~", self.at)
        self.at += keys
        steps = tuple(self.steps)
        if keys and not steps:
            raise self._fail("the root has no key")
        if self.at >= len(text):
            return JsonPath(text, steps, up, keys)
        if not self.literal:
            raise _NotNimma
        if keys:
            raise self._fail("nothing may follow '~'")
        onward = _Parser(text, literal=True, at=self.at)
        return JsonPath(text, steps, up, onward=onward.path())

    def _step(self) -> None:
        text = self.text
        dots = 0
        while text.startswith(".", self.at):
            dots, self.at = dots + 1, self.at + 1
        if dots > 2 and not self.literal:
            raise _NotNimma
        deep = dots >= 2
        if text.startswith("[", self.at):
            if dots == 1 and not self.literal:
                # Nimma reads `.[` as `..[`.
                if any(step.deep for step in self.steps) and text.startswith("[?", self.at):
                    raise _NotNimma
                deep = True
            self._add(self._bracket(), deep)
        elif text.startswith("*", self.at):
            self.at += 1
            self._add(Anything(), deep)
        elif (test := _TYPE_TEST.match(text, self.at)) is not None:
            self.at = test.end()
            self._test(test.group(), deep)
        elif dots:
            self._add(Names(frozenset({self._name()})), deep)
        else:
            raise self._unknown()

    def _add(self, selector: Selector, deep: bool) -> None:
        self.steps.append(Step(selector, deep))

    def _unknown(self) -> Exception:
        return _NotNimma() if not self.literal else self._fail("a dot or a bracket should stand")

    def _name(self) -> str:
        match = (_LITERAL_NAME if self.literal else _NAME).match(self.text, self.at)
        if match is None:
            raise self._unknown()
        self.at = match.end()
        if not self.literal and self.at < len(self.text) and self.text[self.at] not in ".[^~@":
            raise _NotNimma
        return match.group()

    def _test(self, test: str, deep: bool) -> None:
        """`*@number()`: the last step, narrowed by a type."""
        if not self.steps:
            raise self._fail("there is nothing whose type could be tested")
        last = self.steps.pop()
        condition = test
        match last.selector:
            case Names(names):
                listed = ", ".join(repr(name) for name in sorted(names))
                condition = f"@property in [{listed}] && {test}"
            case Filter(source, _, _):
                condition = f"({source}) && {test}"
            case Slice():
                raise self._fail("a type test behind a slice is not supported")
        self._add(_filter(condition), last.deep or deep)

    def _bracket(self) -> Selector:
        self.at += 1
        text = self.text
        end = self._closing()
        body = text[self.at : end]
        self.at = end + 1
        stripped = body.strip()
        if stripped == "*":
            return Anything()
        if stripped.startswith("?"):
            return _filter(stripped[1:])
        if stripped.startswith("("):
            return self._script(stripped[1:-1].strip())
        if (bounds := _SLICE.fullmatch(body)) is not None:
            return self._slice(*bounds.groups())
        return Names(frozenset(self._literal_names(body) if self.literal else self._names(body)))

    def _closing(self) -> int:
        """Where the bracket that was just opened is closed; brackets in text and in patterns do not count."""
        text, depth, at, before = self.text, 0, self.at, "["
        while at < len(text):
            character = text[at]
            if character in "'\"" or (character == "/" and before in "(,=!&|?:[" and depth):
                at = _end_of_quoted(text, at)
            elif character in "([":
                depth += 1
            elif character in ")]":
                if depth == 0 and character == "]":
                    return at
                depth -= 1
            if not character.isspace():
                before = character
            at += 1
        raise self._fail("a bracket is not closed")

    def _script(self, script: str) -> Selector:
        match = _FROM_END.fullmatch(script)
        if match is None:
            raise self._fail("of script expressions only '(@.length-1)' and its like are supported")
        back = int(match[1])
        return Slice(-back, -back + 1 if back > 1 else None, 1)

    def _slice(self, start: str | None, stop: str | None, step: str | None) -> Slice:
        distance = abs(int(step)) if step else 1
        if distance == 0:
            raise self._fail("a slice's step is not zero")
        return Slice(int(start) if start else None, int(stop) if stop else None, distance)

    def _names(self, body: str) -> list[str]:
        names: list[str] = []
        at = 0
        while True:
            match = _UNION.match(body, at)
            if match is None:
                # A negative index names no item.
                raise _NotNimma
            names.append(next(group for group in match.groups() if group is not None))
            at = match.end()
            if at >= len(body):
                return names
            if body[at] != ",":
                raise _NotNimma
            at += 1

    def _literal_names(self, body: str) -> list[str]:
        if len(body) > 1 and body[0] == body[-1] and body[0] in "'\"":
            return [body[1:-1]]
        return body.split(",")


def _filter(source: str) -> Filter:
    source = source.strip()
    expression = parse_expression(source)
    found = needs(expression)
    by_key = None if found.by_key is None else compile_expression(found.by_key)
    return Filter(source, compile_expression(expression), found, by_key, found.size)


def _end_of_quoted(text: str, at: int) -> int:
    """Where the text or pattern that begins at `at` ends; at the end of everything where it does not."""
    quote, inside_class = text[at], False
    at += 1
    while at < len(text):
        character = text[at]
        if character == "\\":
            at += 1
        elif quote == "/" and character in "[]":
            inside_class = character == "["
        elif character == quote and not inside_class:
            return at
        at += 1
    return at
