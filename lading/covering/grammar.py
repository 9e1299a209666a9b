"""The objects and fields of a specification, and where a document uses them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from contracts.document import parse
from contracts.pointers import Path
from contracts.validity.tables import Key, Table, fields

LINES = ("openapi 2.0", "openapi 3.0", "openapi 3.1", "openapi 3.2", "asyncapi 2.6", "asyncapi 3.1")
"""The lines that are measured. What earlier lines of AsyncAPI know is among it."""
_STOP = frozenset(("Schema", "HeadersSchema", "JsonSchema"))
"""Schemas are measured by keyword."""


@dataclass(frozen=True, slots=True)
class Use:
    """A field where a document uses it: of which object, of what type (in the notation of the tables)."""

    object: str
    field: str
    path: Path
    type: Any
    required: bool


class Grammar:
    """What one line of a specification defines."""

    def __init__(self, line: str) -> None:
        self.line = line
        name, self.version = line.split()
        self._tables = _tables(name, self.version)
        self._bindings = (
            read("asyncapi/bindings.yaml", "contracts.validity") if line == "asyncapi 3.1" else {}
        )

    def uses(self, document: Any) -> Iterator[Use]:
        """Every field that a document uses, from the top."""
        yield from self._walk(document, "Document", ())

    def fields(self) -> frozenset[tuple[str, str]]:
        """Every object and field that can be reached from the top."""
        found: set[tuple[str, str]] = set()
        waiting, seen = ["Document"], {"Document"}
        while waiting:
            kind = waiting.pop()
            found.update((kind, name) for name in self._members(kind))
            new = set(self._leads_to(kind)) - seen
            seen |= new
            waiting += sorted(new)
        return frozenset(found)

    def is_extensible(self, kind: str) -> bool:
        """Whether an object takes specification extensions."""
        return bool(self._table(kind)[0].get("~extensions", True))

    def _walk(self, value: Any, kind: Any, path: Path) -> Iterator[Use]:
        kind = self._chosen(kind, value)
        if kind.startswith("[") and isinstance(value, list):
            for index, item in enumerate(value):
                yield from self._walk(item, _inner(kind), (*path, index))
        elif kind.startswith("{") and isinstance(value, Mapping):
            for name, item in value.items():
                yield from self._walk(item, _inner(kind), (*path, name))
        elif isinstance(value, Mapping):
            yield from self._object(value, kind, path)

    def _object(self, value: Mapping[str, Any], kind: str, path: Path) -> Iterator[Use]:
        place = self._place(kind)
        if place is not None:
            for protocol, held in value.items():
                yield from self._walk(held, f"{protocol} {place} binding", (*path, protocol))
            return
        if "$ref" in value and kind != "PathItem" and not (kind == "Channel" and self.version < "3"):
            return
        for name, (key, type_) in self._members(kind).items():
            if name in value:
                yield Use(kind, name, (*path, name), type_, key.required)
                yield from self._walk(value[name], _named(kind, name, type_), (*path, name))

    def _members(self, kind: str) -> dict[str, tuple[Key, Any]]:
        """Fields by name; none of what is no object, or a choice between objects."""
        table, version = self._table(kind)
        if {"~is", "~if", "~by", "~bindings"} & table.keys():
            return {}
        return {key.name: (key, type_) for key, type_ in fields(table, version).items()}

    def _table(self, kind: str) -> tuple[Table, str]:
        """The table of an object, and the version that decides which of its fields there are."""
        if kind in self._tables and kind not in _STOP:
            return self._tables[kind], self.version
        protocol, place, _, *inner = (*kind.split(), "", "", "")
        binding = self._bindings.get(protocol)
        if not place or binding is None:
            return self._bindings.get("definitions", {}).get(kind, {}), "99"
        table, version = binding.get(place, {}), str(binding["versions"][0])
        for step in filter(None, inner):
            table = {key.name: type_ for key, type_ in fields(table, version).items()}[step]["properties"]
        return table, version

    def _place(self, kind: str) -> str | None:
        """Where the bindings are, of which an object is a mapping by protocol."""
        return self._table(kind)[0].get("~bindings") if kind.endswith("Bindings") else None

    def _chosen(self, kind: Any, value: Any) -> str:
        """What a type comes down to for a value: references, choices and aliases seen through."""
        while isinstance(kind, str):
            kind = kind.lstrip("&")
            table, version = self._table(kind)
            if "~by" in table and isinstance(value, Mapping):
                known = {key.name: of for key, of in fields(table, version).items()}
                kind = known.get(str(value.get(table["~by"])))
            elif "~if" in table:
                asked = table["~if"].get("required", ())
                holds = isinstance(value, Mapping) and all(one in value for one in asked)
                kind = table["~then"] if holds else table["~else"]
            elif "~is" in table:
                kind = table["~is"]
            else:
                return str(kind)
        return ""

    def _leads_to(self, kind: str) -> Iterator[str]:
        table, version = self._table(kind)
        if "~bindings" in table:
            place = table["~bindings"]
            known = (one for one in self._bindings if place in self._bindings[one])
            yield from (f"{one} {place} binding" for one in known if one not in ("protocols", "definitions"))
            return
        types = [_named(kind, name, type_) for name, (_, type_) in self._members(kind).items()]
        if "~by" in table:
            types += fields(table, version).values()
        types += [table[key] for key in ("~is", "~then", "~else") if key in table]
        for written in types:
            name = re.sub(r"^[\[{&]+|[\]}!1]+$", "", written) if isinstance(written, str) else ""
            if self._table(name)[0]:
                yield name


def _named(kind: str, name: str, type_: Any) -> Any:
    """What a JSON Schema with properties stands for is called by where it is."""
    return f"{kind} {name}" if isinstance(type_, Mapping) and "properties" in type_ else type_


def _inner(kind: str) -> str:
    closing = "]" if kind[0] == "[" else "}"
    return kind[1:].rsplit(closing, 1)[0]


@cache
def _tables(name: str, version: str) -> Mapping[str, Table]:
    openapi, package = name == "openapi", "lading.covering" if name == "openapi" else "contracts.validity"
    path = f"tables/openapi-{version[0]}.yaml" if openapi else f"asyncapi/events-{version[0]}.yaml"
    found: Mapping[str, Table] = read(path, package)
    return found


def read(path: str, package: str = "lading.covering") -> Any:
    """A file of data beside the modules of a package."""
    file = files(package).joinpath(*path.split("/"))
    return parse(file.read_bytes(), path).value
