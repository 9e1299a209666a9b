"""Where the shipped contracts lie.

A name is a path below this folder without the ending: `orders.openapi`, `history/orders@1.4.0.openapi`.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable

_ENDINGS = (".yaml", ".json")


def names() -> tuple[str, ...]:
    """Every contract and schema shipped, sorted."""
    return tuple(sorted(_names(files("specs"), "")))


def path(name: str) -> Traversable:
    """The file of that name, for reading. Raises `KeyError`, which names the close ones."""
    for ending in _ENDINGS:
        found = files("specs").joinpath(*(name + ending).split("/"))
        if found.is_file():
            return found
    raise KeyError(f"no shipped contract is named {name!r}; there are {', '.join(names())}")


def _names(folder: Traversable, prefix: str) -> Iterator[str]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _names(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith(_ENDINGS):
            yield prefix + entry.name.removesuffix(".yaml").removesuffix(".json")
