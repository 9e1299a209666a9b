"""The exported value of a module as a ruleset that YAML could hold."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from typing import Any

from contracts.pointers import Path
from linters.lint.errors import RulesetError

from .cursor import NotDeclarative
from .imports import Foreign, Package
from .lexer import Source
from .statements import Module

_MOST_BYTES = 2_000_000
_MOST_VALUES = 500_000
_ADVICE = (
    "Lading reads modules that are data: imports, constants and one exported object. "
    "Write the rest as YAML; functions of its own become Python functions."
)


def read_module(content: bytes, source: str) -> Mapping[str, Any]:
    """The ruleset that a module exports. Raises `RulesetError` with the line of what is not data."""
    if len(content) > _MOST_BYTES:
        raise _refused(f"the module is larger than {_MOST_BYTES:,} bytes", source, 1, 1)
    try:
        text = Source(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise _refused("the module is not UTF-8", source, 1, 1) from None
    module = Module(text)
    try:
        module.read()
    except NotDeclarative as error:
        raise _refused(str(error), source, *text.place(error.at)) from None
    exported = module.exported
    if isinstance(exported, Foreign):
        return {"extends": [exported.origin]}
    if not isinstance(exported, dict):
        raise _refused("the module exports no object", source, 1, 1)
    return _Conversion(source).definition(exported)


def _refused(message: str, source: str, line: int, column: int) -> RulesetError:
    return RulesetError(
        "ruleset-in-javascript",
        f"This ruleset is JavaScript that has to be run, which Lading does not do: {message}.",
        source,
        line,
        column,
        advice=_ADVICE,
    )


class _Conversion:
    """Copies the exported value, with imports replaced by what YAML would say at their place."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.values = 0
        self.functions: dict[str, str] = {}

    def definition(self, exported: Mapping[str, Any]) -> dict[str, Any]:
        definition = {key: self._converted(value, (key,)) for key, value in exported.items()}
        folders = set(self.functions.values())
        if len(folders) > 1:
            raise self._fault((), f"Its functions lie in several folders: {sorted(folders)}.")
        if folders:
            definition["functions"] = [*definition.get("functions", []), *self.functions]
            definition["functionsDir"] = folders.pop()
        return definition

    def _converted(self, value: Any, path: Path) -> Any:
        self.values += 1
        if self.values > _MOST_VALUES:
            raise self._fault(path, f"The ruleset holds more than {_MOST_VALUES:,} values.")
        if isinstance(value, dict):
            return {key: self._converted(child, (*path, key)) for key, child in value.items()}
        if isinstance(value, list):
            return [self._converted(child, (*path, index)) for index, child in enumerate(value)]
        if isinstance(value, Foreign):
            return self._foreign(value, path)
        if isinstance(value, Package):
            raise self._fault(path, f"{value.origin} as a whole is no value.")
        return value

    def _foreign(self, value: Foreign, path: Path) -> str:
        if "extends" in path and value.member is None:
            return value.origin
        if path[-1] == "function":
            name = value.member or value.name
            self.functions[name] = posixpath.dirname(value.origin) or "."
            return name
        raise self._fault(path, f"What {value.origin} exports is not known here.")

    def _fault(self, path: Path, message: str) -> RulesetError:
        return RulesetError.at(path, "ruleset-in-javascript", message, self.source, _ADVICE)
