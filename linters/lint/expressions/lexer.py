"""Text to tokens."""

from __future__ import annotations

import re
from dataclasses import dataclass

from linters.lint.errors import ScriptError

_TOKEN = re.compile(
    r"\s*(?:"
    r"(?P<number>0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)"
    r"|(?P<name>@[A-Za-z]*|[A-Za-z_$\u0080-\uffff][\w$\u0080-\uffff]*)"
    r"|(?P<text>\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*')"
    r"|(?P<operator>===|!==|==|!=|<=|>=|&&|\|\||\?\?|[-+*/%<>!()\[\].,?:])"
    r")",
    re.DOTALL,
)
_REGEX = re.compile(r"/((?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+)/([a-z]*)")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0"}
_ESCAPE = re.compile(r"\\(u\{[0-9a-fA-F]+\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Token:
    """`kind` is number, name, text, regex, operator or end; of text the value is unquoted."""

    kind: str
    value: str
    at: int
    flags: str = ""


def tokens(source: str) -> list[Token]:
    """Raises `ScriptError` with the place of a character that belongs to no token."""
    found: list[Token] = []
    at, end = 0, len(source.rstrip())
    while at < end:
        start = at + len(source[at:]) - len(source[at:].lstrip())
        if source[start] == "/" and _regex_may_follow(found) and (match := _REGEX.match(source, start)):
            found.append(Token("regex", match[1], start, match[2]))
            at = match.end()
            continue
        token = _TOKEN.match(source, at)
        if token is None or token.lastgroup is None:
            raise ScriptError(f"unexpected {source[start]!r} at character {start} of {source!r}")
        value = token[token.lastgroup]
        found.append(Token(token.lastgroup, _unquoted(value) if token.lastgroup == "text" else value, start))
        at = token.end()
    found.append(Token("end", "", end))
    return found


def _regex_may_follow(before: list[Token]) -> bool:
    """A slash behind a value divides; elsewhere it opens a regular expression."""
    if not before:
        return True
    last = before[-1]
    return last.kind == "operator" and last.value not in (")", "]")


def _unquoted(text: str) -> str:
    return _ESCAPE.sub(_unescaped, text[1:-1]) if "\\" in text else text[1:-1]


def _unescaped(match: re.Match[str]) -> str:
    escape = match[1]
    if escape[0] == "u" and len(escape) > 1:
        return chr(min(int(escape[1:].strip("{}"), 16), 0x10FFFF))
    if escape[0] == "x" and len(escape) == 3:
        return chr(int(escape[1:], 16))
    return _ESCAPES.get(escape, escape)
