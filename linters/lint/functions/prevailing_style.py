"""`prevailingStyle`: names are written in the style that most of their kind in the document have.

A function of Lading's; the target is the document with its references unresolved. Which style it is does not
matter, only that it is one. Names that fit several styles (`status`, `DUNS`, `UNLocationCode`, `xml:lang`) say
nothing. A name is objected to once, where it first stands.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from contracts.pointers import Path
from linters.lint.function import Check, Context, Function, Problem
from linters.lint.operations import operations

_STYLES = {
    "camelCase": re.compile(r"[a-z][a-z0-9]*(?:[A-Z][A-Za-z0-9]*)+"),
    "snake_case": re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)+"),
    "kebab-case": re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)+"),
    "PascalCase": re.compile(r"[A-Z](?=[^A-Z])[A-Za-z0-9]*"),
}
_MIXED = re.compile(
    r"[A-Za-z0-9]*(?:[a-z][A-Za-z0-9]*[_-]+[A-Z]|[A-Z][A-Za-z0-9]*[_-]+[A-Za-z0-9]*[a-z])[A-Za-z0-9_-]*"
)
_DATA = frozenset({"example", "examples", "default", "const", "enum", "x-examples"})
_ENOUGH = 5
_SHARE = 0.75
"""A style prevails that at least three in four of at least five names have."""


def _prepare(options: Mapping[str, Any]) -> Check:
    collect = _NAMES[options["names"]]

    def check(target: Any, _context: Context) -> Iterable[Problem]:
        first: dict[str, Path] = {}
        for path, name in collect(target):
            if (style := _style(name)) is not None:
                first.setdefault(f"{style}:{name}", path)
        styles = Counter(key.partition(":")[0] for key in first)
        if not styles:
            return
        prevailing, most = styles.most_common(1)[0]
        total = styles.total()
        if total < _ENOUGH or most < total * _SHARE or prevailing == "mixed":
            return
        for key, path in first.items():
            style, _, name = key.partition(":")
            if style != prevailing:
                yield Problem(f"`{name}` is {style}, and {most} of {total} are {prevailing}.", at=path)

    return check


def _style(name: str) -> str | None:
    """The style that a name can only have; None where it fits several, or none is known."""
    for style, pattern in _STYLES.items():
        if pattern.fullmatch(name):
            return style
    return "mixed" if _MIXED.fullmatch(name) else None


def _properties(root: Any) -> Iterator[tuple[Path, str]]:
    stack: list[tuple[Path, Any]] = [((), root)]
    while stack:
        path, node = stack.pop()
        if isinstance(node, list):
            stack.extend(((*path, index), child) for index, child in reversed(list(enumerate(node))))
        if not isinstance(node, dict):
            continue
        properties = node.get("properties")
        if isinstance(properties, dict) and node.get("type") in (None, "object"):
            yield from (((*path, "properties", name), name) for name in properties)
        stack.extend(((*path, key), child) for key, child in reversed(node.items()) if key not in _DATA)


def _parameters(root: Any) -> Iterator[tuple[Path, str]]:
    for path, parameter in _parameter_objects(root):
        name = parameter.get("name") if isinstance(parameter, dict) else None
        if isinstance(name, str) and parameter.get("in") in ("path", "query", "cookie"):
            yield (*path, "name"), name


def _parameter_objects(root: Any) -> Iterator[tuple[Path, Any]]:
    components = root.get("components") if isinstance(root, dict) else None
    holders: list[tuple[Path, Any]] = [(("components",), components), ((), root)]
    for path, holder in holders:
        named = holder.get("parameters") if isinstance(holder, dict) else None
        for name, parameter in named.items() if isinstance(named, dict) else ():
            yield (*path, "parameters", name), parameter
    seen: set[Path] = set()
    for operation in operations(root):
        for path, holder in ((operation.path[:2], operation.item), (operation.path, operation.value)):
            if path in seen:
                continue
            seen.add(path)
            listed = holder.get("parameters")
            for index, parameter in enumerate(listed) if isinstance(listed, list) else ():
                yield (*path, "parameters", index), parameter


def _segments(root: Any) -> Iterator[tuple[Path, str]]:
    paths = root.get("paths") if isinstance(root, dict) else None
    for path in paths if isinstance(paths, dict) else ():
        for segment in str(path).split("/"):
            if "{" not in segment:
                yield ("paths", path), segment


def _operation_ids(root: Any) -> Iterator[tuple[Path, str]]:
    for operation in operations(root):
        if isinstance(operation.value.get("operationId"), str):
            yield (*operation.path, "operationId"), operation.value["operationId"]


_NAMES: Mapping[str, Callable[[Any], Iterator[tuple[Path, str]]]] = {
    "properties": _properties,
    "parameters": _parameters,
    "segments": _segments,
    "operationIds": _operation_ids,
}

FUNCTION = Function(
    "prevailingStyle",
    {
        "type": "object",
        "properties": {"names": {"enum": list(_NAMES)}},
        "required": ["names"],
        "additionalProperties": False,
    },
    _prepare,
    required=True,
)
