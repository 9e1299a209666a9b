"""The statements that make up a declarative module: imports, constants, one export."""

from __future__ import annotations

from typing import Any

from .expressions import FUNCTIONS, Expressions
from .imports import module
from .lexer import Source


class Module(Expressions):
    """Reads a module from beginning to end; `exported` is what it exports by default."""

    def __init__(self, source: Source) -> None:
        super().__init__(source)
        self.exported: Any = None

    def read(self) -> None:
        """Raises `NotDeclarative`."""
        while self._token.kind != "end":
            self._statement()
        if self.exported is None:
            self._refuse("the module exports nothing by default")

    def _statement(self) -> None:
        if self._accept(";") or (self._token.kind == "text" and self._take()):
            return  # a lone text is a directive, like "use strict"
        word = self._token.value if self._token.kind == "name" else ""
        if word == "import":
            self._take()
            self._import()
        elif word in ("const", "let", "var"):
            self._take()
            self._declaration()
        elif word == "export":
            self._take()
            self._export()
        elif word in ("module", "exports"):
            self._common_js()
        elif word in FUNCTIONS:
            self._refuse("a function or class is code")
        else:
            self._refuse(f"{self._shown()} begins a statement that has to be run")

    def _import(self) -> None:
        if self._is_name("type") and not self._next_is("from"):  # TypeScript's types are no values
            while self._token.kind not in ("text", "end"):
                self._take()
            self._text("where the types come from")
            return
        bindings: list[tuple[str, str]] = []
        while self._token.kind != "text" and not self._is_name("from"):
            if self._accept("*"):
                self._word("as")
                bindings.append((self._name(), "*"))
            elif self._accept("{"):
                bindings.extend(self._bindings("as"))
            else:
                bindings.append((self._name(), "default"))
            if not self._accept(","):
                break
        if not bindings:
            self._refuse("an import without names is made for what the other file does when it runs")
        self._word("from")
        at = self._token.at
        found = module(self._text("what is imported"))
        for name, member in bindings:
            self._names[name] = found if member == "*" else self._member(found, member, at)

    def _bindings(self, renames: str) -> list[tuple[str, str]]:
        """`a, b as c }`: the names here, with those of the members that they stand for."""
        found = []
        while not self._accept("}"):
            member = self._text_or_name()
            if member == "type" and self._token.kind == "name" and not self._is_name("as"):
                member = self._name()  # TypeScript's `import { type X }`
            renamed = self._accept(":") if renames == ":" else self._accept_word(renames)
            found.append((self._name() if renamed else member, member))
            if not self._accept(",") and not self._is("}"):
                self._refuse(f"{self._shown()} stands where ',' or '}}' should")
        return found

    def _declaration(self) -> None:
        while True:
            at = self._token.at
            bindings = self._bindings(":") if self._accept("{") else [(self._name(), "*")]
            self._type()
            self._expect("=", "A name is given its value where it is declared")
            value = self._expression()
            for name, member in bindings:
                self._names[name] = value if member == "*" else self._member(value, member, at)
            if not self._accept(","):
                return

    def _export(self) -> None:
        if self._accept_word("default"):
            self.exported = self._expression()
        elif self._accept("{"):
            for outside, inside in self._bindings("as"):
                if outside == "default":
                    self.exported = self._known(inside)
        elif self._token.value in ("const", "let", "var"):
            self._take()
            self._declaration()
        else:
            self._refuse(f"{self._shown()} is exported, which is no data")

    def _common_js(self) -> None:
        """`module.exports = …` and `exports.default = …`."""
        left = [self._take().value]
        while self._accept("."):
            left.append(self._name())
        self._expect("=", "'module' is for module.exports")
        value = self._expression()
        if left in (["module", "exports"], ["exports", "default"], ["module", "exports", "default"]):
            self.exported = value
