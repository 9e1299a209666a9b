"""The operations of a Paths Object."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from contracts.pointers import Path

METHODS = frozenset({"get", "put", "post", "delete", "options", "head", "patch", "trace", "query"})
"""The fields of a Path Item Object that hold an operation; `query` came with OpenAPI 3.2."""


def operations(paths: Any) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """Each operation with the way that leads to it: `/orders`, `get`.

    Those of `additionalOperations` (OpenAPI 3.2) are one step further away.
    """
    for name, item in _mappings(paths):
        for method, operation in _mappings(item):
            if method in METHODS:
                yield (name, method), operation
            elif method == "additionalOperations":
                yield from (((name, method, key), other) for key, other in _mappings(operation))


def title(path: Path) -> str:
    """`GET /orders`."""
    return f"{str(path[-1]).upper()} {path[0]}"


def _mappings(value: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(value, dict):
        yield from ((key, child) for key, child in value.items() if isinstance(child, dict))
