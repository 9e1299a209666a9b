"""Properties and items of a value that no part of its schema speaks about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

import jsonschema_rs

from .validators import compile_validator

Part: TypeAlias = dict[str, Any]
Found: TypeAlias = tuple[str, ...]
_DEPTH = 200
_PARTS = 1000
"""Schemas that are put together for one value."""
_OPENINGS = ("additionalProperties", "unevaluatedProperties")


class Undeclared:
    """Looks for them in the values of one translated schema.

    A property is declared where `properties`, `patternProperties` or a stated `additionalProperties` of the
    schema, of what it is composed of, or of the alternatives that accept the value, speaks about it. An object
    whose schema names no property at all is free-form, and everything in it is declared.
    """

    __slots__ = ("_definitions", "_formats", "_patterns", "_schema", "_validators")

    def __init__(self, schema: dict[str, Any] | bool, *, formats: bool = True) -> None:
        self._schema = schema
        self._definitions: dict[str, Any] = schema.get("$defs", {}) if isinstance(schema, dict) else {}
        self._validators: dict[int, jsonschema_rs.Validator] = {}
        self._formats = formats
        self._patterns: dict[str, jsonschema_rs.Validator | None] = {}

    def find(self, value: Any) -> Iterator[Found]:
        """The path to each, in the order in which they stand."""
        return self._walk([self._schema], value, ())

    def _walk(self, schemas: Iterable[Any], value: Any, path: Found) -> Iterator[Found]:
        if not isinstance(value, dict | list) or len(path) > _DEPTH:
            return
        parts = self._parts(schemas, value)
        if isinstance(value, dict):
            yield from self._members(parts, value, path)
        else:
            for index, held in enumerate(value):
                inner = [schema for part in parts for schema in _of_item(part, index)]
                yield from self._walk(inner, held, (*path, str(index)))

    def _members(self, parts: list[Part], value: dict[str, Any], path: Found) -> Iterator[Found]:
        named = any("properties" in part or "patternProperties" in part for part in parts)
        stated = any(opening in part for part in parts for opening in _OPENINGS)
        for name, held in value.items():
            inner = [schema for part in parts for schema in self._of_member(part, name)]
            if not inner and named and not stated:
                yield (*path, name)
            else:
                yield from self._walk(inner, held, (*path, name))

    def _of_member(self, part: Part, name: str) -> Iterator[Any]:
        known = False
        if name in part.get("properties", ()):
            known = True
            yield part["properties"][name]
        for text, schema in part.get("patternProperties", {}).items():
            if self._matches(text, name):
                known = True
                yield schema
        if not known and "additionalProperties" in part:
            yield part["additionalProperties"]

    def _matches(self, text: str, name: str) -> bool:
        # By the validator's engine and not `re`, which other people's names could keep busy for long.
        if text not in self._patterns:
            try:
                self._patterns[text] = compile_validator({"pattern": text}, formats=False)
            except ValueError:
                self._patterns[text] = None
        pattern = self._patterns[text]
        return pattern is not None and pattern.is_valid(name)

    def _parts(self, schemas: Iterable[Any], value: Any) -> list[Part]:
        """The schemas that judge this very value: those given, and all that they bring in for it."""
        found: list[Part] = []
        seen: set[int] = set()
        waiting = list(schemas)
        while waiting and len(found) < _PARTS:
            part = waiting.pop()
            if not isinstance(part, dict) or id(part) in seen:
                continue
            seen.add(id(part))
            found.append(part)
            waiting += self._brought_in(part, value)
        return found

    def _brought_in(self, part: Part, value: Any) -> Iterator[Any]:
        reference = part.get("$ref")
        if isinstance(reference, str):
            yield self._definitions.get(reference.removeprefix("#/$defs/"))
        yield from part.get("allOf", ())
        for keyword in ("oneOf", "anyOf"):
            yield from (branch for branch in part.get(keyword, ()) if self._accepts(branch, value))
        if "if" in part:
            if self._accepts(part["if"], value):
                yield from (part["if"], part.get("then"))
            else:
                yield part.get("else")
        if isinstance(value, dict):
            for name, schema in part.get("dependentSchemas", {}).items():
                if name in value:
                    yield schema

    def _accepts(self, branch: Any, value: Any) -> bool:
        if isinstance(branch, bool):
            return branch
        validator = self._validators.get(id(branch))
        if validator is None:
            validator = jsonschema_rs.Draft202012Validator(
                {**branch, "$defs": self._definitions}, offline=True
            )
            self._validators[id(branch)] = validator
        return validator.is_valid(value)


def _of_item(part: Part, index: int) -> Iterator[Any]:
    first = part.get("prefixItems", ())
    if index < len(first):
        yield first[index]
    elif "items" in part:
        yield part["items"]
    elif "unevaluatedItems" in part:
        yield part["unevaluatedItems"]
