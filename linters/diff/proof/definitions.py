"""One side of a comparison: its definitions, their digests, and what is the same on both sides."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

import orjson

JsonSchema: TypeAlias = dict[str, Any] | bool
"""A JSON Schema 2020-12 whose references all read `#/$defs/<name>`."""

ANNOTATIONS = frozenset(
    (
        "$comment",
        "$schema",
        "default",
        "deprecated",
        "description",
        "discriminator",
        "example",
        "examples",
        "externalDocs",
        "readOnly",
        "title",
        "writeOnly",
        "xml",
    )
)
"""Keywords that restrict nothing (JSON Schema 2020-12, Validation, section 9; OpenAPI 3.1, 4.8.24)."""

MAPS = ("properties", "patternProperties", "$defs", "dependentSchemas", "definitions")
LISTS = ("allOf", "anyOf", "oneOf", "prefixItems")
SINGLE = (
    "additionalProperties",
    "contains",
    "contentSchema",
    "else",
    "if",
    "items",
    "not",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
)
_PREFIX = "#/$defs/"
_REFERENCE = re.compile(rb'"\$ref":"#/\$defs/([^"\\]*)"')
"""A reference in canonical bytes. The names of definitions hold no quotes (contracts.schemas.definitions)."""


def children(schema: JsonSchema) -> Iterator[JsonSchema]:
    """The direct subschemas, definitions left out."""
    if isinstance(schema, bool):
        return
    for key in MAPS:
        if key not in ("$defs", "definitions") and isinstance(schema.get(key), dict):
            yield from schema[key].values()
    for key in LISTS:
        if isinstance(schema.get(key), list):
            yield from schema[key]
    for key in SINGLE:
        if isinstance(schema.get(key), dict | bool):
            yield schema[key]


def bare(schema: JsonSchema) -> JsonSchema:
    """The schema without its annotations, extensions and definitions."""
    if not isinstance(schema, dict):
        return schema
    result: dict[str, Any] = {}
    for key, value in schema.items():
        if key in ANNOTATIONS or key.startswith("x-") or key in ("$defs", "definitions"):
            continue
        if key in MAPS and isinstance(value, dict):
            result[key] = {name: bare(child) for name, child in value.items()}
        elif key in LISTS and isinstance(value, list):
            result[key] = [bare(child) for child in value]
        elif key in SINGLE and isinstance(value, dict):
            result[key] = bare(value)
        elif key == "required" and isinstance(value, list):
            if value:
                result[key] = sorted(map(str, value))
        elif key == "enum" and isinstance(value, list):
            result[key] = sorted(value, key=dump)
        else:
            result[key] = value
    return result


def dump(schema: Any) -> bytes:
    """Canonical bytes, which tell `1` from `true` where Python's equality does not."""
    try:
        return orjson.dumps(schema, option=orjson.OPT_SORT_KEYS)
    except TypeError:  # integers beyond 64 bits, which orjson refuses
        return json.dumps(schema, sort_keys=True, default=str).encode()


def reference(schema: JsonSchema) -> str | None:
    """The definition that a schema refers to."""
    target = schema.get("$ref") if isinstance(schema, dict) else None
    return target[len(_PREFIX) :] if isinstance(target, str) and target.startswith(_PREFIX) else None


class Definitions:
    """Definitions by name, without annotations. Grows as schemas are added."""

    def __init__(self, definitions: Mapping[str, JsonSchema] | None = None) -> None:
        self._bare: dict[str, JsonSchema] = {}
        self._dumps: dict[int, tuple[JsonSchema, bytes]] = {}
        self._weights: dict[int, tuple[JsonSchema, int]] = {}
        self._named: dict[int, tuple[JsonSchema, frozenset[str]]] = {}
        self._references: dict[str, frozenset[str]] = {}
        self.add(definitions or {})

    def add(self, definitions: Mapping[str, JsonSchema]) -> None:
        """Takes further definitions; a name that is known already keeps its meaning."""
        for name, schema in definitions.items():
            if name not in self._bare:
                self._bare[name] = bare(schema)

    def __contains__(self, name: str) -> bool:
        return name in self._bare

    def __getitem__(self, name: str) -> JsonSchema:
        return self._bare[name]

    def digest(self, schema: JsonSchema) -> bytes:
        """Bytes that are equal exactly for the same schema text; references by name."""
        known = self._dumps.get(id(schema))
        if known is None:
            # The schema itself is kept beside its digest, so that its id stays its own.
            known = self._dumps[id(schema)] = (schema, dump(schema))
        return known[1]

    def references(self, schema: JsonSchema) -> frozenset[str]:
        """Names that the schema refers to directly."""
        known = self._named.get(id(schema))
        if known is None:
            # Found in the text, which is at hand: going through every schema again below each costs more.
            names = frozenset(map(bytes.decode, _REFERENCE.findall(self.digest(schema))))
            known = self._named[id(schema)] = (schema, names)
        return known[1]

    def weight(self, schema: JsonSchema) -> int:
        """How many subschemas are written in the schema, itself included."""
        known = self._weights.get(id(schema))
        if known is None:
            count, stack = 0, [schema]
            while stack:
                count += 1
                stack.extend(children(stack.pop()))
            known = self._weights[id(schema)] = (schema, count)
        return known[1]

    def direct(self, name: str) -> frozenset[str]:
        """Names that a definition refers to directly."""
        found = self._references.get(name)
        if found is None:
            body = self._bare.get(name)
            found = frozenset() if body is None else self.references(body)
            self._references[name] = found
        return found

    def closure(self, schema: JsonSchema) -> set[str]:
        """Names that the schema reaches."""
        found: set[str] = set()
        stack = list(self.references(schema))
        while stack:
            name = stack.pop()
            if name not in found:
                found.add(name)
                stack.extend(self.direct(name) - found)
        return found

    def whole(self, schema: JsonSchema) -> JsonSchema:
        """The schema with the definitions that it needs: what a validator takes."""
        names = self.closure(schema)
        if not names or isinstance(schema, bool):
            return schema
        return {**schema, "$defs": {name: self._bare[name] for name in sorted(names) if name in self._bare}}


class Sameness:
    """Which schemas say the same on both sides, by text and by everything that they refer to."""

    def __init__(self, left: Definitions, right: Definitions) -> None:
        self._left, self._right = left, right
        self._known: dict[str, bool] = {}

    def of(self, left: JsonSchema, right: JsonSchema) -> bool:
        if self._left.digest(left) != self._right.digest(right):
            return False
        return all(self._definition(name) for name in self._left.references(left))

    def _definition(self, name: str) -> bool:
        if name not in self._known:
            self._decide(name)
        return self._known[name]

    def _decide(self, name: str) -> None:
        """Decides everything that `name` reaches at once: what differs makes differ what leads to it."""
        leading: dict[str, set[str]] = {}
        open_names: set[str] = set()
        differing: list[str] = []
        stack = [name]
        while stack:
            current = stack.pop()
            if current in open_names or current in self._known:
                continue
            open_names.add(current)
            if not self._same_text(current):
                differing.append(current)
                continue
            for target in self._left.direct(current):
                if self._known.get(target) is False:
                    differing.append(current)
                leading.setdefault(target, set()).add(current)
                stack.append(target)
        dirty: set[str] = set()
        while differing:
            current = differing.pop()
            if current not in dirty:
                dirty.add(current)
                differing.extend(leading.get(current, ()))
        self._known.update({current: current not in dirty for current in open_names})

    def _same_text(self, name: str) -> bool:
        if name not in self._left or name not in self._right:
            return False
        return self._left.digest(self._left[name]) == self._right.digest(self._right[name])
