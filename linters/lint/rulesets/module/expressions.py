"""Tokens to values: JavaScript's literals, and names of what was imported or declared above."""

from __future__ import annotations

from typing import Any

from .cursor import Cursor, NotDeclarative
from .imports import Foreign, Package, module
from .lexer import Source, Token

_WORDS: dict[str, Any] = {"true": True, "false": False, "null": None, "undefined": None}
_DEEPEST = 100
_OPERATORS = frozenset(
    ("-", "*", "/", "%", "<", ">", "===", "!==", "==", "!=", "&&", "||", "&", "|", "??", "?", "?.", "(")
)
FUNCTIONS = frozenset({"function", "async", "class"})


class Expressions(Cursor):
    def __init__(self, source: Source) -> None:
        super().__init__(source)
        self._names: dict[str, Any] = {}
        self._depth = 0

    def _expression(self) -> Any:
        at = self._token.at
        value = self._operand()
        while self._accept("+"):
            other = self._operand()
            if not (isinstance(value, str) and isinstance(other, str)):
                raise NotDeclarative("only texts are joined with '+'", at)
            value = self._counted(value + other, len(other) // 100)
        if self._is("=>"):
            raise NotDeclarative("a function is code", at)
        if self._token.kind == "operator" and self._token.value in _OPERATORS:
            self._refuse(f"{self._shown()} has to be computed")
        return value

    def _operand(self) -> Any:
        self._descend()
        value = self._postfix(self._primary())
        self._depth -= 1
        return value

    def _descend(self) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            self._refuse(f"values lie in one another more than {_DEEPEST} deep")

    def _primary(self) -> Any:
        token = self._take()
        if token.kind == "text":
            return self._counted(token.value)
        if token.kind == "template":
            if "${" in token.value:
                raise NotDeclarative("a template text with ${…} has to be computed", token.at)
            return self._counted(token.value)
        if token.kind == "number":
            return self._counted(_number(token.value))
        if token.kind == "regex":
            return self._counted(f"/{token.value}/{token.flags}")
        if token.kind == "name":
            return self._named(token)
        if token.value == "[":
            return self._array()
        if token.value == "{":
            return self._object()
        if token.value == "-" and self._token.kind == "number":
            return self._counted(-_number(self._take().value))
        if token.value == "(":
            return self._parenthesis(token)
        self._at -= 1
        return self._refuse(f"{self._shown()} stands where a value should")

    def _parenthesis(self, token: Token) -> Any:
        if self._is(")") or (self._token.kind == "name" and self._token.value not in self._names):
            raise NotDeclarative("a function is code", token.at)
        value = self._expression()
        self._expect(")", "A parenthesis is open")
        return value

    def _named(self, token: Token) -> Any:
        if token.value in _WORDS:
            return self._counted(_WORDS[token.value])
        if token.value in FUNCTIONS or self._is("=>"):
            raise NotDeclarative("a function is code", token.at)
        if token.value == "require" and self._accept("("):
            found = module(self._text("what is required"))
            self._expect(")", "require takes one text")
            return found
        if self._is("("):
            raise NotDeclarative(f"the call of {token.value}() has to be run", token.at)
        if token.value in ("new", "await", "typeof", "void"):
            raise NotDeclarative(f"'{token.value}' has to be run", token.at)
        return self._known(token.value, token.at)

    def _postfix(self, value: Any) -> Any:
        while True:
            at = self._token.at
            if self._accept("."):
                name = self._name()
                if self._is("("):
                    raise NotDeclarative(f"the call of .{name}() has to be run", at)
                value = self._member(value, name, at)
            elif self._is("[") and isinstance(value, dict | Package | Foreign):
                self._take()
                value = self._member(value, self._text("the name of a member"), at)
                self._expect("]", "A bracket is open")
            elif self._is_name("as", "satisfies"):
                self._take()
                self._type_name()
            else:
                return value

    def _array(self) -> list[Any]:
        found: list[Any] = []
        while not self._accept("]"):
            at = self._token.at
            if self._accept("..."):
                spread = self._expression()
                if not isinstance(spread, list):
                    raise NotDeclarative("'...' here takes a list that this file holds", at)
                found.extend(self._counted(spread, len(spread)))
            else:
                found.append(self._expression())
            self._separator("]")
        self._counted(found)
        return found

    def _object(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while not self._accept("}"):
            at = self._token.at
            if self._accept("..."):
                spread = self._expression()
                if not isinstance(spread, dict):
                    raise NotDeclarative("'...' here takes an object that this file holds", at)
                found.update(self._counted(spread, len(spread)))
            else:
                self._entry(found)
            self._separator("}")
        self._counted(found)
        return found

    def _entry(self, found: dict[str, Any]) -> None:
        token = self._token
        key = self._key()
        if self._is("(") or (token.value in ("get", "set", "async") and self._token.kind in ("name", "text")):
            raise NotDeclarative("a method is code", token.at)
        if self._accept(":"):
            is_undefined = self._is_name("undefined")
            value = self._expression()
            if not is_undefined:  # a key without a value is none
                found[key] = value
        elif token.kind == "name":
            found[key] = self._known(key, token.at)
        else:
            self._refuse(f"{self._shown()} stands where ':' should")

    def _key(self) -> str:
        if self._accept("["):
            at = self._token.at
            key = self._expression()
            self._expect("]", "A bracket is open")
            if not isinstance(key, str):
                raise NotDeclarative("a key in brackets is a text", at)
            return key
        if self._token.kind == "number":
            number = _number(self._take().value)
            return str(int(number)) if number == int(number) else str(number)
        return self._text_or_name()

    def _known(self, name: str, at: int | None = None) -> Any:
        if name not in self._names:
            raise NotDeclarative(f"'{name}' is not defined above", self._token.at if at is None else at)
        return self._names[name]

    def _member(self, value: Any, name: str, at: int) -> Any:
        if isinstance(value, Package | Foreign):
            try:
                return value.get(name)
            except KeyError:
                raise NotDeclarative(f"{value.origin} has no '{name}' that Lading knows", at) from None
        if isinstance(value, dict) and name in value:
            return value[name]
        raise NotDeclarative(f"there is no member '{name}' that this file holds", at)

    def _type(self) -> None:
        """`: RulesetDefinition`, which TypeScript writes behind a name."""
        if self._accept(":"):
            self._type_name()

    def _type_name(self) -> None:
        self._descend()
        self._name()
        while self._accept("."):
            self._name()
        if self._accept("<"):
            self._type_name()
            while self._accept(","):
                self._type_name()
            self._expect(">", "A type is open")
        while self._accept("["):
            self._expect("]", "A type is open")
        self._depth -= 1


def _number(text: str) -> int | float:
    if text[:2] in ("0x", "0X"):
        return int(text, 16)
    return int(text) if text.isdecimal() else float(text)
