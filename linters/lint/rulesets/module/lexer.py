"""A module's text to tokens (ECMA-262 §12), comments left out."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

_SPACE = re.compile(r"(?:\s+|//[^\n\r]*|/\*.*?\*/)+", re.DOTALL)
_TOKEN = re.compile(
    r"(?P<number>0[xX][0-9a-fA-F_]+|(?:\d[\d_]*\.?[\d_]*|\.\d+)(?:[eE][-+]?\d+)?)"
    r"|(?P<name>[A-Za-z_$\u0080-\uffff][\w$\u0080-\uffff]*)"
    r"|(?P<text>\"(?:[^\"\\\n\r]|\\(?:\r\n|.))*\"|'(?:[^'\\\n\r]|\\(?:\r\n|.))*')"
    r"|(?P<template>`(?:[^`\\]|\\.)*`)"
    r"|(?P<operator>\.\.\.|=>|===|!==|==|!=|\?\?|\?\.|&&|\|\||[-+*/%<>=!(){}\[\].,;:?|&@#~^])",
    re.DOTALL,
)
_REGEX = re.compile(r"/((?:[^/\\\[\n\r]|\\[^\n\r]|\[(?:[^\]\\\n\r]|\\[^\n\r])*\])+)/([a-z]*)")
_ESCAPE = re.compile(r"\\(u\{[0-9a-fA-F]+\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|\r\n|.)", re.DOTALL)
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0"}
_LINE_ENDS = frozenset({"\n", "\r\n", "\r", "\u2028", "\u2029"})


@dataclass(frozen=True, slots=True)
class Token:
    """`kind` is number, name, text, template, regex, operator, unknown or end; of text the value is unquoted."""

    kind: str
    value: str
    at: int
    flags: str = ""


class Source:
    """A module's text, which knows its lines."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = [0, *(match.end() for match in re.finditer(r"\r\n|[\n\r]", text))]

    def place(self, at: int) -> tuple[int, int]:
        """Line and column, both from 1."""
        line = bisect_right(self._starts, at)
        return line, at - self._starts[line - 1] + 1


def tokens(text: str) -> Iterator[Token]:
    """Ends with a token `end`; a character that begins no token is one of the kind `unknown`, and the last."""
    at, before = 0, None
    while True:
        space = _SPACE.match(text, at)
        at = space.end() if space else at
        if at >= len(text):
            yield Token("end", "", at)
            return
        opens = text[at] == "/" and (_regex_may_follow(before) or text.startswith("/*", at))
        # Where a slash opens something that never closes, looking on would cost the square of the length.
        regex = _REGEX.match(text, at) if opens and not text.startswith("/*", at) else None
        match = None if opens else _TOKEN.match(text, at)
        if regex:
            before = Token("regex", regex[1], at, regex[2])
            at = regex.end()
        elif match and match.lastgroup:
            before = Token(match.lastgroup, _value(match.lastgroup, match[0]), at)
            at = match.end()
        else:
            yield Token("unknown", text[at], at)
            return
        yield before


def _regex_may_follow(before: Token | None) -> bool:
    """A slash behind a value divides; elsewhere it opens a regular expression."""
    if before is None:
        return True
    return before.kind == "operator" and before.value not in (")", "]", "}")


def _value(kind: str, text: str) -> str:
    if kind in ("text", "template"):
        inner = text[1:-1].replace("\r\n", "\n") if kind == "template" else text[1:-1]
        return _ESCAPE.sub(_unescaped, inner) if "\\" in inner and not _has_hole(kind, inner) else inner
    return text.replace("_", "") if kind == "number" else text


def _has_hole(kind: str, inner: str) -> bool:
    return kind == "template" and "${" in inner


def _unescaped(match: re.Match[str]) -> str:
    escape = match[1]
    if escape in _LINE_ENDS:
        return ""
    if escape[0] == "u" and len(escape) > 1:
        return chr(min(int(escape[1:].strip("{}"), 16), 0x10FFFF))
    if escape[0] == "x" and len(escape) == 3:
        return chr(int(escape[1:], 16))
    return _ESCAPES.get(escape, escape)
