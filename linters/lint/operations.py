"""The operations of an OpenAPI document, each with what it inherits from its path item and from the root.

Works on the plain value that a rule sees, resolved or not: a rule points at what is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from contracts.pointers import Path

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation; `path` leads to it from the root, `item` is the path item that holds it."""

    path: Path
    value: Mapping[str, Any]
    item: Mapping[str, Any]

    @property
    def name(self) -> str:
        """`GET /orders`."""
        return f"{str(self.path[-1]).upper()} {self.path[1]}"


def operations(root: Any) -> Iterator[Operation]:
    """Every operation below `paths`, those of OpenAPI 3.2's `additionalOperations` too."""
    for name, item in _objects(root, "paths"):
        for method in METHODS:
            if isinstance(item.get(method), dict):
                yield Operation(("paths", name, method), item[method], item)
        for method, value in _objects(item, "additionalOperations"):
            yield Operation(("paths", name, "additionalOperations", method), value, item)


def effective(operation: Operation, root: Mapping[str, Any], inherits: Iterable[str] = ()) -> dict[str, Any]:
    """The operation as it holds: with `method` and `path`, its path item's parameters and servers, the root's security.

    `inherits` are further members that it takes from its path item, or else from the root.
    """
    whole = dict(operation.value)
    whole["method"] = str(operation.path[-1]).upper()
    whole["path"] = operation.path[1]
    whole["parameters"] = parameters(operation)
    if "security" not in whole and "security" in root:
        whole["security"] = root["security"]
    for name in ("servers", *inherits):
        for holder in (operation.item, root):
            if name not in whole and name in holder:
                whole[name] = holder[name]
    return whole


def parameters(operation: Operation) -> list[Any]:
    """Its own parameters and those of its path item that it does not replace (OpenAPI 3.1.1, "Operation Object")."""
    own, shared = (_list(holder.get("parameters")) for holder in (operation.value, operation.item))
    replaced = {_identity(parameter) for parameter in own}
    return [*own, *(parameter for parameter in shared if _identity(parameter) not in replaced)]


def _identity(parameter: Any) -> tuple[Any, Any] | int:
    if isinstance(parameter, dict) and isinstance(parameter.get("name"), str):
        return parameter["name"], str(parameter.get("in"))
    return id(parameter)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _objects(holder: Any, member: str) -> Iterator[tuple[str, dict[str, Any]]]:
    value = holder.get(member) if isinstance(holder, dict) else None
    if isinstance(value, dict):
        yield from ((key, child) for key, child in value.items() if isinstance(child, dict))
