"""Names that only generated code knows: of schemas, and of the values of enums (`x-enum-varnames`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from contracts.model import Origin
from contracts.pointers import Path, to_pointer
from contracts.references import DocumentSet
from linters.diff.transitions import Transition, Walk

_TABLES: tuple[Path, ...] = (("components", "schemas"), ("definitions",))
_ENUM_NAMES = ("x-enum-varnames", "x-enumNames", "x-enum-names")
DEEPEST = 60
"""Levels below a schema that are looked at; documents that nest deeper are refused before."""


def walk(base: DocumentSet, revision: DocumentSet) -> Walk:
    """Transitions of the names in two documents."""
    for table in _TABLES:
        before, after = _at(base.root.value, table), _at(revision.root.value, table)
        for name in before:
            if name not in after:
                place = Origin(base.root.source, (*table, name))
                yield Transition("schema-name", "removed", None, place, None, data={"before": name})
        for name in after:
            place = Origin(revision.root.source, (*table, name))
            if name not in before:
                yield Transition("schema-name", "added", None, None, place, data={"after": name})
            else:
                yield from _enums(base, revision, before[name], after[name], (*table, name))


def _enums(base: DocumentSet, revision: DocumentSet, old: Any, new: Any, path: Path) -> Iterator[Transition]:
    if len(path) > DEEPEST or not isinstance(old, Mapping) or not isinstance(new, Mapping):
        return
    for keyword in _ENUM_NAMES:
        before, after = old.get(keyword), new.get(keyword)
        common = _pairs(old, before), _pairs(new, after)
        if before != after and any(common[1].get(value) != name for value, name in common[0].items()):
            places = Origin(base.root.source, path), Origin(revision.root.source, path)
            data = {"name": to_pointer(path), "before": before, "after": after}
            yield Transition("enum-name", "changed", None, *places, data=data)
    for key in old:
        if key in new:
            yield from _enums(base, revision, old[key], new[key], (*path, key))


def _pairs(schema: Mapping[str, Any], names: Any) -> dict[str, str]:
    """The name of each value; by their order where values are not listed."""
    values = schema.get("enum")
    if not isinstance(names, list):
        return {}
    keys = values if isinstance(values, list) else range(len(names))
    return {repr(key): str(name) for key, name in zip(keys, names, strict=False)}


def _at(value: Any, path: Path) -> Mapping[str, Any]:
    for key in path:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value if isinstance(value, Mapping) else {}
