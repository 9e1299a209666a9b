"""A place in the tokens, and what is said of a token that does not fit."""

from __future__ import annotations

from typing import Any, NoReturn

from .lexer import Source, Token, tokens

_MOST_VALUES = 500_000
_WHAT = {
    "end": "the end of the file",
    "text": "a text",
    "template": "a template text",
    "regex": "a regular expression",
    "number": "a number",
}


class NotDeclarative(Exception):
    """Something in the module that is not data. The message is a clause; `at` is its place in the text."""

    def __init__(self, message: str, at: int) -> None:
        super().__init__(message)
        self.at = at


class Cursor:
    """Walks over the tokens of a module, and counts the values that are made of them."""

    def __init__(self, source: Source) -> None:
        self._tokens = list(tokens(source.text))
        self._at = 0
        self._values = 0

    @property
    def _token(self) -> Token:
        return self._tokens[self._at]

    def _take(self) -> Token:
        token = self._token
        if token.kind in ("end", "unknown"):
            self._refuse(f"{self._shown()} is not expected")
        self._at += 1
        return token

    def _is(self, operator: str) -> bool:
        return self._token.kind == "operator" and self._token.value == operator

    def _is_name(self, *names: str) -> bool:
        return self._token.kind == "name" and self._token.value in names

    def _next_is(self, name: str) -> bool:
        return self._tokens[min(self._at + 1, len(self._tokens) - 1)].value == name

    def _accept(self, operator: str) -> bool:
        if self._is(operator):
            self._at += 1
            return True
        return False

    def _accept_word(self, word: str) -> bool:
        if self._is_name(word):
            self._at += 1
            return True
        return False

    def _expect(self, operator: str, why: str) -> None:
        if not self._accept(operator):
            self._refuse(f"{self._shown()} stands where '{operator}' should. {why}")

    def _word(self, word: str) -> None:
        if not self._accept_word(word):
            self._refuse(f"{self._shown()} stands where '{word}' should")

    def _name(self) -> str:
        if self._token.kind != "name":
            self._refuse(f"{self._shown()} stands where a name should")
        return self._take().value

    def _text(self, what: str) -> str:
        if self._token.kind not in ("text", "template") or "${" in self._token.value:
            self._refuse(f"{self._shown()} stands where a text should: {what}")
        return self._take().value

    def _text_or_name(self) -> str:
        return self._take().value if self._token.kind == "text" else self._name()

    def _separator(self, end: str) -> None:
        if not self._accept(",") and not self._is(end):
            self._refuse(f"{self._shown()} stands where ',' or '{end}' should")

    def _shown(self) -> str:
        return _WHAT.get(self._token.kind, f"'{self._token.value}'")

    def _refuse(self, message: str) -> NoReturn:
        raise NotDeclarative(message, self._token.at)

    def _counted(self, value: Any, more: int = 1) -> Any:
        self._values += more
        if self._values > _MOST_VALUES:
            self._refuse(f"the module holds more than {_MOST_VALUES:,} values")
        return value
