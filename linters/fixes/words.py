"""Names in another case, word by word."""

from __future__ import annotations

import re
from collections.abc import Callable

from .edits import CannotFix

_WORD = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z0-9]+|[A-Z0-9]+")
_MARK = re.compile(r"[$@_]?")


def in_case(text: str, case: str) -> str:
    """`text` in one of `CASES`, of which `header` changes the first letters only; a leading `$`, `@` or `_` stays. `orderID` has the words `order` and `ID`.

    Raises `CannotFix` for a text without words, or with letters that have no place in a name.
    """
    mark = _MARK.match(text)
    assert mark is not None
    words = text.split("-") if case == "header" else _WORD.findall(text)
    if not words or not text.isascii():
        raise CannotFix(f"{text!r} has no words to write in another case")
    kept = mark[0] if case in ("camel", "snake", "pascal") else ""
    return kept + CASES[case](words)


def _camel(words: list[str]) -> str:
    return words[0].lower() + "".join(word.capitalize() for word in words[1:])


CASES: dict[str, Callable[[list[str]], str]] = {
    "camel": _camel,
    "pascal": lambda words: "".join(word.capitalize() for word in words),
    "kebab": lambda words: "-".join(words).lower(),
    "snake": lambda words: "_".join(words).lower(),
    "header": lambda words: "-".join(word[:1].upper() + word[1:] for word in words),
    "macro": lambda words: "_".join(words).upper(),
}
