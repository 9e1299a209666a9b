"""JSON Pointers (RFC 6901) and paths: the two ways to say where in a document something is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias
from urllib.parse import unquote

Path: TypeAlias = tuple[str | int, ...]
"""The keys and indexes that lead from a document's root to a node."""


def to_pointer(path: Iterable[str | int]) -> str:
    """`("paths", "/a", 0)` → `/paths/~1a/0`; the root is the empty string."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)


def from_pointer(pointer: str) -> tuple[str, ...]:
    """The unescaped tokens of a pointer, or of the fragment form that starts with `#`.

    Indexes stay text, as the pointer alone cannot tell an index from a key. Raises `ValueError` for text
    that is neither empty nor begins with a slash.
    """
    if pointer.startswith("#"):
        pointer = unquote(pointer[1:])
    if not pointer:
        return ()
    if not pointer.startswith("/"):
        raise ValueError(f"a JSON Pointer is empty or begins with '/', this one is {pointer!r}")
    return tuple(token.replace("~1", "/").replace("~0", "~") for token in pointer[1:].split("/"))


def descend(value: object, tokens: Sequence[str | int]) -> tuple[object, Path]:
    """The node that `tokens` lead to and its path with real indexes.

    Raises `KeyError` with the token that leads nowhere.
    """
    path: list[str | int] = []
    for token in tokens:
        if isinstance(value, dict):
            if token not in value:
                raise KeyError(token)
            key: str | int = token
        elif isinstance(value, list):
            text = str(token)
            if not text.isdecimal() or (len(text) > 1 and text[0] == "0") or int(text) >= len(value):
                raise KeyError(token)
            key = int(text)
        else:
            raise KeyError(token)
        value = value[key]  # type: ignore[index]
        path.append(key)
    return value, tuple(path)
