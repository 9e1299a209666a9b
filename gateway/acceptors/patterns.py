"""Regular expressions of ASCII text, as far as every engine understands them alike.

What is read here is the part of ECMA-262's syntax that means the same to the validator's engine (`regex` of Rust).
Everything else raises `Inexpressible`: look-around, back references, word boundaries, Unicode classes, set operations.
"""

from __future__ import annotations

import string
from dataclasses import dataclass
from typing import Final, TypeAlias

ASCII: Final = frozenset(range(0x20, 0x7F))
"""What stands in JSON strings as it is; quotes and backslashes are written as escapes, and never reach an automaton."""
_DIGITS = frozenset(map(ord, string.digits))
_WORD = frozenset(map(ord, string.ascii_letters + string.digits + "_"))
_BLANKS = frozenset({0x20})  # of what `\s` means, the only one that a JSON string can hold unescaped
_CLASSES = {
    "d": _DIGITS,
    "D": ASCII - _DIGITS,
    "w": _WORD,
    "W": ASCII - _WORD,
    "s": _BLANKS,
    "S": ASCII - _BLANKS,
}
_MOST_REPEATS = 1000
_DEPTH = 50


class Inexpressible(Exception):
    """A schema, or a part of it, that is not compiled; the text says why."""


@dataclass(frozen=True, slots=True)
class Characters:
    """One character out of these."""

    held: frozenset[int]


@dataclass(frozen=True, slots=True)
class Sequence:
    parts: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class Either:
    alternatives: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class Repeated:
    """`most` is None where there is no bound."""

    part: Pattern
    least: int
    most: int | None


@dataclass(frozen=True, slots=True)
class Edge:
    """Nothing, where the text begins, or (`end`) where it ends."""

    end: bool


Pattern: TypeAlias = Characters | Sequence | Either | Repeated | Edge
ANYTHING: Final = Repeated(Characters(ASCII), 0, None)


def parse_pattern(text: str) -> Pattern:
    """The texts in which the expression is found somewhere, as the keyword `pattern` means it."""
    return _Reader(text).read()


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    def read(self) -> Pattern:
        alternatives = [self._anchored()]
        while self._take("|"):
            alternatives.append(self._anchored())
        if self._at < len(self._text):
            raise Inexpressible(f"the pattern {self._text!r} at character {self._at}")
        return _either(alternatives)

    def _anchored(self) -> Pattern:
        """An alternative at the top: what it does not say about its edges is anything."""
        parts = self._sequence(1)
        first = [] if parts[:1] == [Edge(end=False)] else [ANYTHING]
        last = [] if parts[-1:] == [Edge(end=True)] else [ANYTHING]
        return Sequence((*first, *parts, *last))

    def _alternatives(self, depth: int) -> Pattern:
        found: list[Pattern] = [Sequence(tuple(self._sequence(depth)))]
        while self._take("|"):
            found.append(Sequence(tuple(self._sequence(depth))))
        return _either(found)

    def _sequence(self, depth: int) -> list[Pattern]:
        found = []
        while self._at < len(self._text) and self._text[self._at] not in "|)":
            found.append(self._repeated(self._atom(depth)))
        return found

    def _repeated(self, part: Pattern) -> Pattern:
        character = self._text[self._at : self._at + 1]
        if character == "" or character not in "*+?{":
            return part
        if isinstance(part, Edge):
            raise self._unknown()
        self._at += 1
        least, most = {"*": (0, None), "+": (1, None), "?": (0, 1)}.get(character) or self._counts()
        self._take("?")  # which match is found first does not matter
        if self._text[self._at : self._at + 1] in ("*", "+", "?", "{"):
            raise self._unknown()
        return Repeated(part, least, most)

    def _counts(self) -> tuple[int, int | None]:
        end = self._text.find("}", self._at)
        least, comma, most = self._text[self._at : max(end, self._at)].partition(",")
        if not (least.isascii() and least.isdigit()) or (most and not (most.isascii() and most.isdigit())):
            raise self._unknown()
        self._at = end + 1
        low = int(least)
        high = low if not comma else int(most) if most else None
        if max(low, high or 0) > _MOST_REPEATS or (high is not None and high < low):
            raise self._unknown()
        return low, high

    def _atom(self, depth: int) -> Pattern:
        character = self._text[self._at]
        self._at += 1
        if character == "(":
            if depth > _DEPTH or (self._text[self._at : self._at + 1] == "?" and not self._take("?:")):
                raise self._unknown()
            held = self._alternatives(depth + 1)
            if not self._take(")"):
                raise self._unknown()
            return held
        if character == "[":
            return Characters(self._class())
        if character == ".":
            return Characters(ASCII)
        if character in "^$":
            return Edge(end=character == "$")
        if character == "\\":
            return Characters(self._escape())
        if character in "*+?{}]" or ord(character) not in ASCII:
            raise self._unknown()
        return Characters(frozenset({ord(character)}))

    def _escape(self) -> frozenset[int]:
        character = self._text[self._at : self._at + 1]
        self._at += 1
        if character in _CLASSES:
            return _CLASSES[character]
        if character == "" or ord(character) not in ASCII or character.isalnum() or character in "<>":
            raise self._unknown()
        return frozenset({ord(character)})

    def _class(self) -> frozenset[int]:
        negated = self._take("^")
        found: frozenset[int] = frozenset()
        if self._text[self._at : self._at + 1] == "]":
            raise self._unknown()  # the end to some, a member to others
        while not self._take("]"):
            start = self._member()
            if self._text[self._at : self._at + 1] == "-" and self._text[self._at + 1 : self._at + 2] != "]":
                self._at += 1
                end = self._member()
                if len(start) != 1 or len(end) != 1 or min(end) < min(start):
                    raise self._unknown()
                found |= frozenset(range(min(start), min(end) + 1))
            else:
                found |= start
        return ASCII - found if negated else found & ASCII

    def _member(self) -> frozenset[int]:
        character = self._text[self._at : self._at + 1]
        following = self._text[self._at + 1 : self._at + 2]
        if character == "" or character == "[" or (character in "&-~" and following == character):
            raise self._unknown()  # set operations, and classes in classes, to engines that know them
        self._at += 1
        if character == "\\":
            return self._escape()
        if ord(character) not in ASCII:
            # A member that no ASCII text has; in a range its place would matter.
            if following == "-" or self._text[self._at - 2 : self._at - 1] == "-":
                raise self._unknown()
            return frozenset()
        return frozenset({ord(character)})

    def _take(self, text: str) -> bool:
        if not self._text.startswith(text, self._at):
            return False
        self._at += len(text)
        return True

    def _unknown(self) -> Inexpressible:
        return Inexpressible(f"the pattern {self._text!r} at character {self._at}")


def _either(alternatives: list[Pattern]) -> Pattern:
    return alternatives[0] if len(alternatives) == 1 else Either(tuple(alternatives))
