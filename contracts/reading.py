"""What the two readers, YAML and JSON, have in common."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .limits import Limits
from .pointers import Path
from .positions import Node, Range


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """Something that a reader noticed about a text.

    Codes: `syntax`, `duplicate-key`, `multiple-documents`, `alias`, `complex-key` (all fatal), and
    `non-string-key`, `unknown-tag`, which leave the meaning clear.
    """

    code: str
    message: str
    range: Range
    path: Path
    fatal: bool


@dataclass(frozen=True, slots=True)
class Notice:
    """A diagnostic before its place is known as line and character: offsets into the text."""

    code: str
    message: str
    start: int
    end: int
    path: Path = ()
    fatal: bool = True


@dataclass(slots=True)
class Reading:
    """What a reader made of a text.

    `marks` are where keys and items begin, by the `id` of what holds them, where that was noted on the way.
    """

    value: Any
    notices: list[Notice] = field(default_factory=list)
    root: Node | None = None
    marks: Mapping[int, list[int]] | None = None


class TooMuch(Exception):
    """A text goes beyond the limits; `offset` is where."""

    def __init__(self, what: str, limit: int, offset: int) -> None:
        super().__init__(what)
        self.what = what
        self.limit = limit
        self.offset = offset


class Budget:
    """Counts nodes and depth while a text is read."""

    __slots__ = ("depth", "limits", "nodes")

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.nodes = 0
        self.depth = 0

    def spend(self, nodes: int, offset: int) -> None:
        self.nodes += nodes
        if self.nodes > self.limits.nodes:
            raise TooMuch("nodes", self.limits.nodes, offset)

    def enter(self, offset: int) -> None:
        self.depth += 1
        if self.depth > self.limits.depth:
            raise TooMuch("levels", self.limits.depth, offset)

    def leave(self) -> None:
        self.depth -= 1
