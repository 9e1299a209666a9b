"""The syntax of simple conditions (Arazzo 1.1.0, Criterion Object, "Literals" and "Operators")."""

from __future__ import annotations

import re
from collections.abc import Iterator

_TOKEN = re.compile(
    r"""\s*(?:
        (?P<text>'(?:[^']|'')*')
      | (?P<expression>\$[^\s()!=<>&|]+)
      | (?P<number>[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)
      | (?P<word>true|false|null)(?![\w.])
      | (?P<operator>&&|\|\||==|!=|<=|>=|<|>|!|\(|\))
    )""",
    re.VERBOSE,
)
_COMPARISONS = frozenset({"==", "!=", "<", "<=", ">", ">="})
_DEEPEST = 50


class Malformed(ValueError):
    """A condition that cannot be read; the message says where and why."""


def expressions(condition: str) -> Iterator[str]:
    """The runtime expressions of a condition, as far as it can be read."""
    for match in _tokens(condition):
        if match.lastgroup == "expression":
            yield match["expression"]


def check(condition: str) -> None:
    """Raises `Malformed`."""
    tokens = list(_tokens(condition))
    end = tokens[-1].end() if tokens else 0
    rest = condition[end:].strip()
    if rest:
        advice = "; text stands in single quotes" if rest[0].isalpha() or rest[0] == '"' else ""
        raise Malformed(f"`{rest[:30]}` cannot be read{advice}")
    parser = _Parser(tokens)
    parser.alternatives(0)
    parser.finish()


def _tokens(condition: str) -> Iterator[re.Match[str]]:
    position = 0
    while (match := _TOKEN.match(condition, position)) is not None:
        yield match
        position = match.end()


class _Parser:
    """`a && !b || (c == 1)`, from the weakest operator to the strongest."""

    def __init__(self, tokens: list[re.Match[str]]) -> None:
        self.tokens = tokens
        self.position = 0

    def alternatives(self, depth: int) -> None:
        self.comparison(depth)
        while self.taken("&&", "||"):
            self.comparison(depth)

    def comparison(self, depth: int) -> None:
        while self.taken("!"):
            pass
        self.operand(depth)
        if self.taken(*_COMPARISONS):
            self.operand(depth)

    def operand(self, depth: int) -> None:
        if self.taken("("):
            if depth == _DEEPEST:
                raise Malformed(f"it is nested deeper than {_DEEPEST} levels")
            self.alternatives(depth + 1)
            if not self.taken(")"):
                raise Malformed("a parenthesis is not closed")
        elif self.position < len(self.tokens) and self.tokens[self.position].lastgroup != "operator":
            self.position += 1
        else:
            raise Malformed(f"a value is missing {self.here()}")

    def finish(self) -> None:
        if self.position < len(self.tokens):
            raise Malformed(f"an operator is missing {self.here()}")

    def taken(self, *operators: str) -> bool:
        if self.position < len(self.tokens) and self.tokens[self.position]["operator"] in operators:
            self.position += 1
            return True
        return False

    def here(self) -> str:
        if self.position < len(self.tokens):
            return f"before `{self.tokens[self.position][0].strip()}`"
        return "at the end"
