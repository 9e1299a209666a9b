"""JSON (RFC 8259) read with places: the slow, exact reader.

jiter reads what is well-formed, many times faster. This one is for what it refuses, to say where and why,
and for the places of nodes when a finding needs them.
"""

from __future__ import annotations

import re
from typing import Any, NoReturn

from .limits import Limits
from .positions import Node
from .reading import Budget, Notice, Reading

_BLANK = re.compile(r"[ \t\n\r]*").match
_TOKEN = re.compile(
    r'(?P<string>"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")'
    r"|(?P<number>-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?)"
    r"|(?P<word>true|false|null)"
    r"|(?P<punctuation>[][{}:,])"
).match
_ESCAPE = re.compile(r"\\(u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)")
_SIMPLE = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_WORDS = {"true": True, "false": False, "null": None}
_LONGEST_INTEGER = 1_000


class _Malformed(Exception):
    def __init__(self, message: str, start: int, end: int) -> None:
        super().__init__(message)
        self.notice = Notice("syntax", message, start, end)


def read(text: str, limits: Limits) -> Reading:
    """The value, the places and the notices of a JSON text; stops at the first syntax error.

    Raises `TooMuch` beyond the limits.
    """
    reader = _Reader(text, Budget(limits))
    try:
        value, root = reader.document()
    except _Malformed as error:
        return Reading(None, [*reader.notices, error.notice])
    return Reading(value, reader.notices, root)


class _Reader:
    """Reads with a stack of its own, so that depth is bounded by the limits and not by the interpreter."""

    def __init__(self, text: str, budget: Budget) -> None:
        self.text = text
        self.budget = budget
        self.at = 0
        self.notices: list[Notice] = []

    def document(self) -> tuple[Any, Node]:
        holder: list[Any] = []
        stack: list[tuple[Any, Node]] = []
        root: Node | None = None
        while True:
            value, node, opened = self._value()
            if not stack:
                holder.append(value)
                root = node
            else:
                self._attach(*stack[-1], value, node)
            if opened:
                stack.append((value, node))
                if self._open_empty(node):
                    stack.pop()
                else:
                    self._key_if_mapping(stack[-1])
                    continue
            if not self._close(stack):
                break
        self._skip()
        if self.at < len(self.text):
            self._fail("there is more text behind the end of the document")
        assert root is not None
        return holder[0], root

    # -- tokens -------------------------------------------------------------------------------------

    def _skip(self) -> None:
        match = _BLANK(self.text, self.at)
        assert match is not None
        self.at = match.end()

    def _next(self) -> tuple[str, str, int]:
        self._skip()
        match = _TOKEN(self.text, self.at)
        if match is None:
            self._fail(self._complaint())
        start, self.at = self.at, match.end()
        return match.lastgroup or "", match.group(), start

    def _complaint(self) -> str:
        if self.at >= len(self.text):
            return "the text ends in the middle of the document"
        if self.text[self.at] == '"':
            return "this string is not closed, or holds a control character or an unknown escape"
        return f"{self.text[self.at]!r} is not JSON here"

    def _fail(self, message: str, start: int | None = None) -> NoReturn:
        at = self.at if start is None else start
        raise _Malformed(message, at, min(at + 1, len(self.text)))

    # -- structure ----------------------------------------------------------------------------------

    def _value(self) -> tuple[Any, Node, bool]:
        kind, token, start = self._next()
        self.budget.spend(1, start)
        if kind == "string":
            return _unescape(token), Node(start, self.at), False
        if kind == "number":
            return _number(token), Node(start, self.at), False
        if kind == "word":
            return _WORDS[token], Node(start, self.at), False
        if token == "{":
            self.budget.enter(start)
            return {}, Node(start, self.at, fields={}), True
        if token == "[":
            self.budget.enter(start)
            return [], Node(start, self.at, items=[]), True
        return self._fail(f"{token!r} stands where a value should", start)

    def _open_empty(self, node: Node) -> bool:
        self._skip()
        closing = "}" if node.fields is not None else "]"
        if not self.text.startswith(closing, self.at):
            return False
        self.at += 1
        node.end = self.at
        self.budget.leave()
        return True

    def _key_if_mapping(self, top: tuple[Any, Node]) -> None:
        value, node = top
        if node.fields is None:
            return
        kind, token, start = self._next()
        if kind != "string":
            self._fail(f"{token!r} stands where a property name in double quotes should", start)
        key, end = _unescape(token), self.at
        if key in value:
            self.notices.append(Notice("duplicate-key", f"the key {key!r} is given twice", start, end))
        colon = self._next()
        if colon[1] != ":":
            self._fail("a colon should follow the property name", colon[2])
        self._pending = (key, start, end)

    def _attach(self, parent: Any, place: Node, value: Any, node: Node) -> None:
        if place.fields is not None:
            key, start, end = self._pending
            node.key = (start, end)
            parent[key] = value
            place.fields[key] = node
        else:
            parent.append(value)
            assert place.items is not None
            place.items.append(node)

    def _close(self, stack: list[tuple[Any, Node]]) -> bool:
        """After a value: a comma leads on, brackets close. False when the outermost value is complete."""
        while stack:
            _, token, start = self._next()
            node = stack[-1][1]
            if token == ",":
                self._key_if_mapping(stack[-1])
                return True
            if token != ("}" if node.fields is not None else "]"):
                self._fail(f"a comma or a closing bracket should stand before {token!r}", start)
            node.end = self.at
            stack.pop()
            self.budget.leave()
        return False

    _pending: tuple[str, int, int]


def _unescape(token: str) -> str:
    body = token[1:-1]
    return _ESCAPE.sub(_replace, body) if "\\" in body else body


def _replace(match: re.Match[str]) -> str:
    escape = match.group(1)
    if escape[0] != "u":
        return _SIMPLE.get(escape, escape)
    if len(escape) > 5:
        high, low = int(escape[1:5], 16), int(escape[7:], 16)
        return chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
    return chr(int(escape[1:], 16))


def _number(token: str) -> int | float | str:
    if any(c in token for c in ".eE"):
        return float(token)
    return int(token) if len(token) <= _LONGEST_INTEGER else float(token)
