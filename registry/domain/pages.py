"""Lists that are read a page at a time, by key and not by offset."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from .errors import Invalid

T = TypeVar("T")
USUAL = 50
MOST = 200


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """`after` leads to the next page; None on the last one."""

    items: tuple[T, ...]
    after: str | None = None


def cursor(*key: Any) -> str:
    """An opaque mark of the place behind a row, from the values that the list is ordered by."""
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode().rstrip("=")


def read_cursor(text: str | None, *kinds: type) -> tuple[Any, ...] | None:
    """The values of a mark; None at the start of a list. Raises `Invalid` for what is no mark of such a list."""
    if not text:
        return None
    try:
        key = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (ValueError, binascii.Error, RecursionError):
        key = None
    fits = isinstance(key, list) and len(key) == len(kinds)
    if not fits or not all(type(part) is kind for part, kind in zip(key, kinds, strict=True)):
        raise Invalid("invalid-cursor", "`after` does not come from this list.", "Begin again without it.")
    return tuple(key)


def bounded(limit: int) -> int:
    """The number of rows that a page may have."""
    return max(1, min(limit, MOST))
