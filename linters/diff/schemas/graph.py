"""Pairs of schemas as a graph: each pair that differs once, however many bodies lead to it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from .difference import Difference, is_nested, join
from .nodes import Node
from .walk import SchemaWalk

DEPTH = 60
"""Levels of nesting below a body that are walked."""


@dataclass(frozen=True, slots=True)
class Edge:
    """From a pair to one below it. `composed`: it is a member of an `allOf`, `anyOf` or `oneOf`."""

    target: int
    composed: bool


@dataclass(slots=True)
class Vertex:
    """A pair of schema objects that differ, with the first way that leads to it."""

    base: Node
    revision: Node
    path: str
    first_root: int
    differences: list[Difference]
    edges: list[Edge] = field(default_factory=list)

    @property
    def pair(self) -> tuple[Node, Node]:
        return self.base, self.revision


class Graph:
    """Everything that differs below some roots. `shared` False gives each way to a pair a vertex of its own."""

    def __init__(self, walk: SchemaWalk, roots: Sequence[tuple[Node, Node]], *, shared: bool = True) -> None:
        self.vertices: list[Vertex] = []
        self.roots: list[int | None] = []
        self._walk = walk
        self._shared = shared
        self._known: dict[tuple[Any, ...], int] = {}
        for number, (base, revision) in enumerate(roots):
            self.roots.append(self._root(base, revision, number))

    def _root(self, base: Node, revision: Node, number: int) -> int | None:
        queue: deque[tuple[int, int, frozenset[Any]]] = deque()
        first = self._vertex(base, revision, "", number, queue, frozenset(), 0)
        while queue:
            index, depth, above = queue.popleft()
            vertex = self.vertices[index]
            for child in self._walk.children(vertex.base, vertex.revision):
                path = join(vertex.path, child.step)
                target = self._vertex(child.base, child.revision, path, number, queue, above, depth + 1)
                if target is not None:
                    vertex.edges.append(Edge(target, child.composed))
        return first

    def _vertex(
        self,
        base: Node,
        revision: Node,
        path: str,
        number: int,
        queue: Any,
        above: frozenset[Any],
        depth: int,
    ) -> int | None:
        """The vertex of a pair; None where it does not differ, or lies inside itself."""
        agreement = self._walk.agreement
        if depth > DEPTH or agreement.of(base, revision):
            return None
        base, revision = self._walk.base.resolved(base), self._walk.revision.resolved(revision)
        if agreement.of(base, revision):
            return None
        identity = (base.key, revision.key)
        # Whether it lies below the root decides what a change is called.
        key: tuple[Any, ...] = (*identity, is_nested(path)) if self._shared else (*identity, path, number)
        known = self._known.get(key)
        if known is not None:
            return known
        if not self._shared and identity in above:
            return None
        index = self._known[key] = len(self.vertices)
        found = self._walk.own(base, revision)
        self.vertices.append(Vertex(base, revision, path, number, found))
        queue.append((index, depth, above | {identity}))
        return index

    def reached(self, roots: int, passes: Callable[[Vertex, Edge], bool]) -> list[int]:
        """For each vertex, which of the roots (as a bit mask) lead to it along edges that let them pass."""
        masks = [0] * len(self.vertices)
        queue: deque[int] = deque()
        for number, index in enumerate(self.roots):
            if index is not None and roots >> number & 1:
                masks[index] |= 1 << number
                queue.append(index)
        while queue:
            index = queue.popleft()
            vertex, mask = self.vertices[index], masks[index]
            for edge in vertex.edges:
                if mask & ~masks[edge.target] and passes(vertex, edge):
                    masks[edge.target] |= mask
                    queue.append(edge.target)
        return masks


def bits(mask: int) -> list[int]:
    """The numbers of the bits that are set, the lowest first."""
    # Digit by digit: taking one bit after the other from a long number copies the number each time.
    return [number for number, digit in enumerate(reversed(f"{mask:b}")) if digit == "1"]


def lowest(mask: int) -> int:
    """The number of the lowest bit that is set."""
    return (mask & -mask).bit_length() - 1
