"""JavaScript regular expressions (ECMA-262 §22.2), matched within a time limit.

A pattern is translated to the `regex` package, which knows JavaScript's lookbehind of any width and
stops after a timeout, so that a hostile pattern costs its author an error and nobody else their time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import regex

from .budget import spend
from .errors import ScriptError

TIMEOUT = 1.0
"""Seconds that one match may take."""
_PATIENCE = ((0.000_2, 20), (0.02, 20_000), (TIMEOUT, 1_000_000))
"""How long a match may take at first, and then, each with the steps that it is counted as."""
_LONGEST_PATTERN = 10_000
_MOST_KNOWN, _LONGEST_KNOWN = 5_000, 100

_FLAGS = {"i": regex.IGNORECASE, "m": regex.MULTILINE, "s": regex.DOTALL}
_KNOWN_FLAGS = frozenset("dgimsuvy")
# JavaScript's classes of characters: \d and \w are ASCII, \s includes the Unicode spaces and the BOM.
_SPACE = r"\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
_OUTSIDE = {
    "d": "[0-9]",
    "D": "[^0-9]",
    "w": "[A-Za-z0-9_]",
    "W": "[^A-Za-z0-9_]",
    "s": f"[{_SPACE}]",
    "S": f"[^{_SPACE}]",
    "b": r"(?:(?<=[A-Za-z0-9_])(?![A-Za-z0-9_])|(?<![A-Za-z0-9_])(?=[A-Za-z0-9_]))",
    "B": r"(?:(?<=[A-Za-z0-9_])(?=[A-Za-z0-9_])|(?<![A-Za-z0-9_])(?![A-Za-z0-9_]))",
}
_INSIDE = {"d": "0-9", "w": "A-Za-z0-9_", "s": _SPACE, "b": r"\x08"}
_CONTROL = frozenset("tnvfr")
_QUANTIFIER = re.compile(r"\d+(,\d*)?\}").match
_GROUP_NAME = re.compile(r"<(\w+)>").match
_DIGITS = re.compile(r"\d*").match
_LETTER = re.compile("[A-Za-z]").match
_HEX = re.compile("[0-9a-fA-F]{2}").match
_UNICODE = re.compile(r"([0-9a-fA-F]{4})|\{([0-9a-fA-F]+)\}").match
_PROPERTY = re.compile(r"\{[\w=]+\}").match
_ESCAPED = re.compile(r"\\(.)")
_LITERAL = re.compile(r"(?:[\w\s<>/\"'!#%&,:;=@~`-]|\\[()\[\]{}.*+?|^$/\\-])+", re.ASCII)
_NOTHING, _ANYTHING = "(?!)", r"[\s\S]"


class RegexTimeout(ScriptError):
    """A match took longer than `TIMEOUT`."""


@dataclass(frozen=True, slots=True)
class RegExp:
    """A compiled JavaScript regular expression."""

    source: str
    flags: str
    compiled: Any
    literal: str | None = None
    """The text that is looked for, where the pattern says no more than that."""
    known: dict[str, bool] = field(default_factory=dict, compare=False, repr=False)
    """What was found for short texts: the names of properties come again and again."""

    def __str__(self) -> str:
        return f"/{self.source}/{self.flags}"

    def search(self, text: str) -> Any:
        """The first match or None; raises `RegexTimeout`, and `Exhausted` where many matches take long.

        What a match takes is learned from the timeouts that it breaks, and paid before it goes on.
        """
        find = self.compiled.match if "y" in self.flags else self.compiled.search
        for seconds, steps in _PATIENCE:
            spend(steps)
            try:
                return find(text, timeout=seconds)
            except TimeoutError:
                continue
        shown = text if len(text) <= 60 else text[:60] + "…"
        raise RegexTimeout(
            f"the pattern {self} takes longer than {TIMEOUT:g} s on the text {shown!r}; "
            "it backtracks without bound"
        )

    def test(self, text: str) -> bool:
        if self.literal is not None:
            return self.literal in text
        found = self.known.get(text)
        if found is None:
            found = self.search(text) is not None
            if len(self.known) < _MOST_KNOWN and len(text) < _LONGEST_KNOWN:
                self.known[text] = found
        return found


@lru_cache(maxsize=4096)
def compile_pattern(source: str, flags: str = "") -> RegExp:
    """Raises `ScriptError` for a pattern or flags that JavaScript would refuse."""
    if set(flags) - _KNOWN_FLAGS or len(set(flags)) != len(flags):
        raise ScriptError(f"{flags!r} are not flags of a regular expression; known are d g i m s u v y")
    if len(source) > _LONGEST_PATTERN:
        raise ScriptError(f"the pattern has {len(source):,} characters; {_LONGEST_PATTERN:,} are allowed")
    options = regex.VERSION0
    for flag in flags:
        options |= _FLAGS.get(flag, 0)
    try:
        return RegExp(
            source,
            flags,
            regex.compile(  # type: ignore[no-untyped-call]
                _Translator(source, flags).run(), options
            ),
            _literal(source) if not flags else None,
        )
    except (regex.error, OverflowError, RecursionError) as error:
        raise ScriptError(f"the pattern /{source}/ is not a regular expression: {error}") from None


def _literal(source: str) -> str | None:
    """The text that a pattern without any operator stands for."""
    return _ESCAPED.sub(r"\1", source) if _LITERAL.fullmatch(source) else None


def from_text(text: str) -> RegExp:
    """A pattern, or a pattern between slashes with flags behind: `^a`, `/^a/i`."""
    if text.startswith("/") and (end := text.rfind("/")) > 1:  # two slashes are no empty pattern, but slashes
        flags = text[end + 1 :]
        if not flags or flags.isalpha():
            return compile_pattern(text[1:end], flags)
    return compile_pattern(text)


class _Translator:
    """Rewrites what JavaScript and Python write differently."""

    def __init__(self, source: str, flags: str) -> None:
        self.source = source
        self.at = 0
        self.multiline = "m" in flags
        self.dot_all = "s" in flags
        self.unicode = "u" in flags or "v" in flags
        self.groups = self._count_groups()

    def _count_groups(self) -> int:
        """Capturing groups: a backslash and a number beyond them is no back reference."""
        count, inside, at = 0, False, 0
        while at < len(self.source):
            character = self.source[at]
            if character == "\\":
                at += 1
            elif inside:
                inside = character != "]"
            elif character == "[":
                inside = True
            elif character == "(":
                rest = self.source[at + 1 : at + 4]
                named = rest.startswith("?<") and rest[2:3] not in ("=", "!")
                count += named or not rest.startswith("?")
            at += 1
        return count

    def run(self) -> str:
        out: list[str] = []
        source = self.source
        while self.at < len(source):
            character = source[self.at]
            self.at += 1
            if character == "\\":
                out.append(self._escape())
            elif character == "[":
                out.append(self._class())
            elif character == "$":
                out.append(r"(?=[\n\r\u2028\u2029]|\Z)" if self.multiline else r"\Z")
            elif character == "^":
                out.append(r"(?:(?<=[\n\r\u2028\u2029])|\A)" if self.multiline else r"\A")
            elif character == ".":
                out.append(_ANYTHING if self.dot_all else r"[^\n\r\u2028\u2029]")
            elif character == "(":
                out.append(self._group())
            elif character == "{" and not _QUANTIFIER(source, self.at):
                out.append(r"\{")
            elif character in "*+?}" and source[self.at : self.at + 1] == "+":
                raise ScriptError(f"the pattern /{source}/ is not a regular expression: nothing to repeat")
            else:
                out.append(character if character not in "#&~" else "\\" + character)
        return "".join(out)

    def _group(self) -> str:
        rest = self.source[self.at :]
        if rest.startswith("?<") and rest[2:3] not in ("=", "!"):
            self.at += 2
            return "(?P<"
        if rest.startswith("?") and not rest.startswith(("?:", "?=", "?!", "?<")):
            raise ScriptError(f"the pattern /{self.source}/ has a group that JavaScript does not know")
        return "("

    def _escape(self) -> str:
        if self.at >= len(self.source):
            raise ScriptError(f"the pattern /{self.source}/ ends in a backslash")
        character = self.source[self.at]
        self.at += 1
        if character in _OUTSIDE:
            return _OUTSIDE[character]
        if character == "k" and (match := _GROUP_NAME(self.source, self.at)):
            self.at = match.end()
            return f"(?P={match[1]})"
        if character in "123456789":
            digits = _DIGITS(self.source, self.at)
            assert digits is not None
            number = character + digits[0]
            if int(number) <= self.groups:
                self.at = digits.end()
                return f"(?:\\{number})"
            return re.escape(character)
        return self._character_escape(character)

    def _character_escape(self, character: str) -> str:
        """An escape that stands for one character, or for a Unicode property, in and out of classes."""
        source = self.source
        if character in _CONTROL:
            return "\\" + character
        if character == "0":
            return r"\x00"
        if character == "c" and (match := _LETTER(source, self.at)):
            self.at = match.end()
            return f"\\x{ord(match[0]) % 32:02x}"
        if character == "x" and (match := _HEX(source, self.at)):
            self.at = match.end()
            return f"\\x{match[0]}"
        if character == "u" and (match := _UNICODE(source, self.at)):
            self.at = match.end()
            return re.escape(chr(int(match[1] or match[2], 16)))
        if character in "pP" and self.unicode and (match := _PROPERTY(source, self.at)):
            self.at = match.end()
            return f"\\{character}{match[0]}"
        return character if character.isalnum() or character == "_" else "\\" + character

    def _class(self) -> str:
        source = self.source
        negated = source.startswith("^", self.at)
        self.at += negated
        parts: list[str] = []
        while True:
            if self.at >= len(source):
                raise ScriptError(f"the pattern /{source}/ has a class that is not closed")
            character = source[self.at]
            self.at += 1
            if character == "]":
                break
            if character == "\\":
                parts.append(self._class_escape())
            else:
                parts.append("\\" + character if character in "[&~|^" else character)
        if not parts:
            return _ANYTHING if negated else _NOTHING
        return f"[{'^' if negated else ''}{''.join(parts)}]"

    def _class_escape(self) -> str:
        if self.at >= len(self.source):
            raise ScriptError(f"the pattern /{self.source}/ ends in a backslash")
        character = self.source[self.at]
        self.at += 1
        if character in _INSIDE:
            return _INSIDE[character]
        if character in "DWS":
            complement = {"D": r"\x00-/:-\U0010ffff", "W": r"\x00-/:-@\[-\^`{-\U0010ffff"}
            return complement.get(character, _NOT_SPACE)
        return self._character_escape(character)


_NOT_SPACE = (
    r"\x00-\x08\x0e-\x1f!-\u009f\u00a1-\u167f\u1681-\u1fff\u200b-\u2027\u202a-\u202e\u2030-\u205e"
    r"\u2060-\u2fff\u3001-\ufefe\uff00-\U0010ffff"
)
