"""Finding the references, identifiers and anchors that are written in a document."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, TypeAlias

from contracts.pointers import Path

from .names import absolute

_NAMED = frozenset(
    (
        "properties",
        "patternProperties",
        "definitions",
        "$defs",
        "dependentSchemas",
        "dependencies",
        "schemas",
        "parameters",
        "responses",
        "headers",
        "requestBodies",
        "securitySchemes",
        "links",
        "callbacks",
        "pathItems",
        "paths",
        "webhooks",
        "messages",
        "channels",
        "operations",
        "servers",
        "replies",
        "replyAddresses",
        "correlationIds",
        "operationTraits",
        "messageTraits",
        "messageBindings",
        "channelBindings",
        "operationBindings",
        "serverBindings",
        "serverVariables",
        "content",
        "mediaTypes",
    )
)
"""Keys whose value maps names that people chose: below them `example` or `default` is a name like another."""

_KEYWORDS = frozenset(("$id", "$self", "$anchor", "$dynamicAnchor", "$recursiveAnchor", "discriminator"))
"""What `_read_keywords` takes note of."""

_Way: TypeAlias = "tuple[()] | tuple[_Way, str | int]"
"""A path as the way before and its last part, which costs nothing to lengthen: few are ever written out."""

_LITERAL = frozenset(("example", "enum", "const"))
"""Keys whose value is data: a `$ref` in it is part of the data."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One reference as written; `scope` is the URI of the enclosing `$id`, if there is one."""

    path: Path
    reference: str
    scope: str | None


@dataclass(slots=True)
class Scan:
    """What is written in one document."""

    references: list[Mention] = field(default_factory=list)
    identifiers: dict[str, Path] = field(default_factory=dict)
    """Absolute or joined `$id` → where it is."""
    anchors: dict[tuple[str | None, str], Path] = field(default_factory=dict)
    """(`$id` scope, anchor) → where it is."""
    dynamic: dict[str, set[Path]] = field(default_factory=dict)
    """`$dynamicAnchor` → where it is."""
    recursive: list[Path] = field(default_factory=list)
    """Where `$recursiveAnchor` is true."""
    own: str = ""
    """The document's own name for itself (`$id`, `$self`), if it has one."""


def scan(value: Any, name: str) -> Scan:
    """Every `$ref`, `$id`, `$anchor` and reference-like discriminator mapping, in document order.

    Values of `example`, `enum`, `const` and `default`, extensions and example values are data and stay
    closed, except below a key that maps chosen names (a property may be called `example`).
    """
    found = Scan()
    stack: list[tuple[Any, _Way, str | None, bool]] = []
    if isinstance(value, dict | list):
        stack.append((value, (), None, False))
    while stack:
        node, way, scope, named = stack.pop()
        if node.__class__ is dict:
            if not named and not _KEYWORDS.isdisjoint(node):
                scope = _read_keywords(node, _path(way), scope, name, found)
            if isinstance(node.get("$ref"), str):
                # Beside an `$id` it counts from there, as since 2019-09; before, everything beside a `$ref` was ignored.
                found.references.append(Mention((*_path(way), "$ref"), node["$ref"], scope))
            children = [
                (child, (way, key), scope, not named and key in _NAMED and not _is_schema(child))
                for key, child in node.items()
                if (child.__class__ is dict or child.__class__ is list)
                and (named or not _is_data(key, child, way))
            ]
        else:
            children = [
                (child, (way, index), scope, False)
                for index, child in enumerate(node)
                if child.__class__ is dict or child.__class__ is list
            ]
        children.reverse()
        stack += children
    return found


def _path(way: _Way) -> Path:
    path: list[str | int] = []
    while way:
        way, key = way
        path.append(key)
    return tuple(reversed(path))


def _read_keywords(node: dict[str, Any], path: Path, scope: str | None, name: str, found: Scan) -> str | None:
    """Takes note of the keywords of one mapping; the scope that holds below it."""
    identifier = node.get("$id")
    if not path:
        # A document's own name for itself (`$self` is OpenAPI 3.2's) opens no scope: files keep finding each other. Names
        # in it count from there, though, as do references that find nothing otherwise.
        for own in (identifier, node.get("$self")):
            if isinstance(own, str) and own.rstrip("#"):
                found.identifiers.setdefault(own.rstrip("#"), ())
                found.own = found.own or own.rstrip("#")
    elif isinstance(identifier, str):
        if identifier.startswith("#"):
            found.anchors.setdefault((scope, identifier[1:]), path)
        else:
            scope = absolute(identifier.rstrip("#"), scope or found.own or name)
            found.identifiers.setdefault(scope, path)
    for keyword in ("$anchor", "$dynamicAnchor"):
        if isinstance(node.get(keyword), str):
            found.anchors.setdefault((scope, node[keyword]), path)
            if keyword == "$dynamicAnchor":
                found.dynamic.setdefault(node[keyword], set()).add(path)
    if node.get("$recursiveAnchor") is True:
        found.recursive.append(path)
    discriminator = node.get("discriminator")
    if isinstance(discriminator, dict) and isinstance(discriminator.get("mapping"), dict):
        for key, target in discriminator["mapping"].items():
            if isinstance(target, str) and ("/" in target or "#" in target):
                found.references.append(Mention((*path, "discriminator", "mapping", key), target, scope))
    return scope


def _is_schema(node: Any) -> bool:
    """Whether a mapping below a name like `headers` is one schema instead (AsyncAPI's message headers)."""
    return isinstance(node, dict) and (
        isinstance(node.get("type"), str) or isinstance(node.get("allOf"), list)
    )


def _is_data(key: Any, child: Any, way: _Way) -> bool:
    if key in _LITERAL or key.startswith("x-"):
        return True
    if key in ("examples", "default"):
        # `examples` is a list of data in schemas and messages, but a map of Example Objects beside media types.
        return isinstance(child, list) or key == "default"
    return key == "value" and len(way) > 1 and len(way[0]) > 1 and way[0][1] == "examples"
