"""Small damages at every place of a document, one at a time, and each undone again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

Path: TypeAlias = tuple[str | int, ...]

WRONG: tuple[tuple[str, Any], ...] = (
    ("text", "not one of these"),
    ("number", 7),
    ("true", True),
    ("null", None),
    ("list", []),
    ("mapping", {}),
)


def places(value: Any, path: Path = ()) -> Iterator[tuple[Any, str | int, Path]]:
    """Each node but the root: its parent, its key, and its path."""
    items = (
        list(value.items())
        if isinstance(value, dict)
        else list(enumerate(value))
        if isinstance(value, list)
        else []
    )
    for key, child in items:
        yield value, key, (*path, key)
        yield from places(child, (*path, key))


def mutations(document: Any) -> Iterator[tuple[str, Path]]:
    """Damages the document in place and yields what was done where; undoes it before the next."""
    yield from _extra(document, ())
    for parent, key, path in list(places(document)):
        original = parent[key]
        for name, wrong in WRONG:
            if type(wrong) is not type(original) or (original and wrong != original):
                parent[key] = wrong
                yield name, path
        parent[key] = original
        yield from (_without(parent, key, path) if isinstance(parent, dict) else _twice(parent, key, path))
        if isinstance(original, dict):
            yield from _extra(original, path)


def _without(parent: dict[str, Any], key: str, path: Path) -> Iterator[tuple[str, Path]]:
    order = list(parent.items())
    value = parent.pop(key)
    yield "deleted", path
    for name, renamed in (("renamed", f"{key}X"), ("extension", f"x-{key}"), ("odd name", "x y")):
        parent[renamed] = value
        yield name, path
        del parent[renamed]
    parent.clear()
    parent.update(order)


def _twice(parent: list[Any], index: int, path: Path) -> Iterator[tuple[str, Path]]:
    parent.append(parent[index])
    yield "twice", path
    parent.pop()


def _extra(mapping: dict[str, Any], path: Path) -> Iterator[tuple[str, Path]]:
    for name, key, value in (
        ("extra", "unexpected", 1),
        ("extra extension", "x-extra", {"a": [1]}),
        ("extra reference", "$ref", "#/components/schemas/Nothing"),
    ):
        if key not in mapping:
            mapping[key] = value
            yield name, path
            del mapping[key]
