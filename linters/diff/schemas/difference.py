"""One difference between two schemas, and how the path to it is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .nodes import Node


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference, judged by nobody yet.

    `base` and `revision` are the schema objects that differ; `at` are the keys, below them, of the very place
    on either side. `path` leads to it from the objects. `only` names the property in question where they differ
    in more.
    """

    element: str
    action: str
    path: str
    base: Node
    revision: Node
    at: tuple[tuple[str | int, ...] | None, tuple[str | int, ...] | None]
    data: dict[str, Any]
    only: str | None = None


def difference(
    element: str,
    action: str,
    old: Node,
    new: Node,
    *,
    at: tuple[Any, ...] = ((), ()),
    data: dict[str, Any] | None = None,
    only: str | None = None,
    path: str = "",
) -> Difference:
    """One of a pair of objects; `at` are the keys of the place below each, the objects themselves where it is not given."""
    return Difference(element, action, path, old, new, (at[0], at[1]), data or {}, only)


def is_nested(path: str) -> bool:
    """Whether a path leads below the root; the members of an `allOf` are the root itself."""
    return bool(path)


def join(path: str, step: str) -> str:
    """`lines`, `[]`, `sku` → `lines[].sku`."""
    if not path or not step:
        return path or step
    return path + step if step[0] in "[<*/" else f"{path}.{step}"
