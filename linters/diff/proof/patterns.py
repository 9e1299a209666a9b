"""Texts that a regular expression matches: a few short ones, for witnesses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

# The parser behind `re`: the only reader of its syntax that ships with Python.
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

_SAMPLES = "aA0 _-.:/@é"
_CATEGORIES = {
    op.CATEGORY_DIGIT: "0",
    op.CATEGORY_NOT_DIGIT: "a",
    op.CATEGORY_SPACE: " ",
    op.CATEGORY_NOT_SPACE: "a",
    op.CATEGORY_WORD: "a",
    op.CATEGORY_NOT_WORD: "-",
}
REPEAT = 40
"""No repetition is written out further than this."""


@lru_cache(maxsize=1024)
def examples(pattern: str) -> tuple[str, ...]:
    """Up to four texts that match, the shortest first; empty where the pattern is beyond this module."""
    try:
        tree = parser.parse(pattern)
        regex = re.compile(pattern)
    except (re.error, RecursionError, OverflowError):
        return ()
    found: list[str] = []
    for extra in (0, 1, 2, 5):
        try:
            text = "".join(_sequence(tree, extra))
        except (_Beyond, RecursionError):
            continue
        if text not in found and regex.search(text):
            found.append(text)
    return tuple(found)


class _Beyond(Exception):
    """A construct for which no text is made here."""


def _sequence(tree: Any, extra: int) -> Iterator[str]:
    for code, argument in tree:
        yield _one(code, argument, extra)


def _one(code: Any, argument: Any, extra: int) -> str:
    if code is op.LITERAL:
        return chr(argument)
    if code is op.NOT_LITERAL:
        return next(character for character in _SAMPLES if ord(character) != argument)
    if code is op.ANY:
        return "a"
    if code is op.AT or code is op.ASSERT or code is op.ASSERT_NOT:
        return ""
    if code is op.IN:
        return _member(argument)
    if code in (op.MAX_REPEAT, op.MIN_REPEAT):
        low, high, body = argument
        count = min(int(low) + extra, int(high))
        if count > REPEAT:
            raise _Beyond
        return "".join(_sequence(body, 0)) * count
    if code is op.SUBPATTERN:
        return "".join(_sequence(argument[-1], extra))
    if code is op.BRANCH:
        branches = argument[1]
        return "".join(_sequence(branches[extra % len(branches)], 0))
    raise _Beyond


def _member(options: Any) -> str:
    if options and options[0][0] is op.NEGATE:
        return next((one for one in _SAMPLES if not _in(one, options[1:])), "a")
    code, argument = options[0]
    if code is op.LITERAL:
        return chr(argument)
    if code is op.RANGE:
        return chr(argument[0])
    if code is op.CATEGORY and argument in _CATEGORIES:
        return _CATEGORIES[argument]
    raise _Beyond


def _in(character: str, options: Any) -> bool:
    for code, argument in options:
        if code is op.LITERAL and ord(character) == argument:
            return True
        if code is op.RANGE and argument[0] <= ord(character) <= argument[1]:
            return True
        if code is op.CATEGORY and _CATEGORIES.get(argument) == character:
            return True
    return False
