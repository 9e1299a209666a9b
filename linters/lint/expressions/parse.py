"""Tokens to an expression, by precedence climbing (ECMA-262 §13)."""

from __future__ import annotations

from functools import lru_cache

from linters.lint.errors import ScriptError
from linters.lint.javascript import UNDEFINED

from .lexer import Token, tokens
from .syntax import Binary, Call, Choice, Expression, Items, Literal, Member, Name, Pattern, Unary, depth

_PRECEDENCE = {
    "??": 1,
    "||": 1,
    "&&": 2,
    "==": 3,
    "!=": 3,
    "===": 3,
    "!==": 3,
    "<": 4,
    ">": 4,
    "<=": 4,
    ">=": 4,
    "in": 4,
    "+": 5,
    "-": 5,
    "*": 6,
    "/": 6,
    "%": 6,
}
_WORDS: dict[str, Expression] = {
    "true": Literal(True),
    "false": Literal(False),
    "null": Literal(None),
    "undefined": Literal(UNDEFINED),
    "NaN": Literal(float("nan")),
}
_UNARY = frozenset({"!", "-", "+", "void", "typeof"})
_DEEPEST = 60
_LONGEST_CHAIN = 150
_LONGEST = 10_000


@lru_cache(maxsize=4096)
def parse(source: str) -> Expression:
    """Raises `ScriptError` where the text is no expression, is too long or nested too deeply."""
    if len(source) > _LONGEST:
        raise ScriptError(f"the expression has {len(source):,} characters; {_LONGEST:,} are allowed")
    parser = _Parser(source)
    expression = parser.choice()
    parser.expect_end()
    if depth(expression) > _LONGEST_CHAIN:
        raise ScriptError(f"the expression chains more than {_LONGEST_CHAIN} operators")
    return expression


class _Parser:
    def __init__(self, source: str) -> None:
        self.source = source
        self.tokens = tokens(source)
        self.at = 0
        self.depth = 0

    @property
    def token(self) -> Token:
        return self.tokens[self.at]

    def _take(self) -> Token:
        token = self.token
        self.at += 1
        return token

    def _is(self, operator: str) -> bool:
        return self.token.kind == "operator" and self.token.value == operator

    def _accept(self, operator: str) -> bool:
        if self._is(operator):
            self.at += 1
            return True
        return False

    def _expect(self, operator: str) -> None:
        if not self._accept(operator):
            raise self._unexpected(f"{operator!r} should stand here")

    def expect_end(self) -> None:
        if self.token.kind != "end":
            raise self._unexpected("the expression should end here")

    def _unexpected(self, wanted: str) -> ScriptError:
        found = repr(self.token.value) if self.token.kind != "end" else "the end"
        return ScriptError(f"unexpected {found} at character {self.token.at} of {self.source!r}: {wanted}")

    def choice(self) -> Expression:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise ScriptError(f"the expression is nested more than {_DEEPEST} levels deep")
        test = self._binary(1)
        if self._accept("?"):
            yes = self.choice()
            self._expect(":")
            test = Choice(test, yes, self.choice())
        self.depth -= 1
        return test

    def _binary(self, lowest: int) -> Expression:
        left = self._unary()
        while True:
            operator = self.token.value if self.token.kind in ("operator", "name") else ""
            precedence = _PRECEDENCE.get(operator, 0)
            if precedence < lowest:
                return left
            self.at += 1
            left = Binary(operator, left, self._binary(precedence + 1))

    def _unary(self) -> Expression:
        operators: list[str] = []
        while self.token.kind in ("operator", "name") and self.token.value in _UNARY:
            operators.append(self._take().value)
        if len(operators) > _DEEPEST:
            raise ScriptError(f"the expression is nested more than {_DEEPEST} levels deep")
        operand = self._postfix(self._primary())
        for operator in reversed(operators):
            operand = Unary(operator, operand)
        return operand

    def _postfix(self, expression: Expression) -> Expression:
        while True:
            if self._accept("."):
                if self.token.kind != "name" or self.token.value.startswith("@"):
                    raise self._unexpected("a name should follow the dot")
                expression = Member(expression, Literal(self._take().value))
            elif self._accept("["):
                expression = Member(expression, self.choice())
                self._expect("]")
            elif self._accept("("):
                expression = Call(expression, self._list(")"))
            else:
                return expression

    def _list(self, closing: str) -> tuple[Expression, ...]:
        items: list[Expression] = []
        while not self._accept(closing):
            if items:
                self._expect(",")
            items.append(self.choice())
        return tuple(items)

    def _primary(self) -> Expression:
        token = self.token
        if token.kind == "number":
            self.at += 1
            return Literal(_number(token.value))
        if token.kind == "text":
            self.at += 1
            return Literal(token.value)
        if token.kind == "regex":
            self.at += 1
            return Pattern(token.value, token.flags)
        if token.kind == "name":
            self.at += 1
            return _WORDS.get(token.value) or Name(token.value)
        if self._accept("("):
            inner = self.choice()
            self._expect(")")
            return inner
        if self._accept("["):
            return Items(self._list("]"))
        raise self._unexpected("a value should stand here")


def _number(text: str) -> int | float:
    if text[:2] in ("0x", "0X"):
        return int(text, 16)
    return int(text) if text.isdecimal() else float(text)
