"""Long lists that are at hand whole, shown a part at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Slice(Generic[T]):
    """`after` leads to the next part; empty on the last one."""

    items: Sequence[T]
    after: str


def cut(items: Sequence[T], after: str, most: int) -> Slice[T]:
    """The part behind the place that an address names; the first part for anything that is no such place.

    These lists never change (reports of immutable versions), so a number is as good a mark as any key.
    """
    start = int(after) if after.isdecimal() and len(after) < 9 else 0
    end = start + most
    return Slice(items[start:end], str(end) if end < len(items) else "")
