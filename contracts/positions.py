"""Where in a text a node is written: offsets, lines, and ranges.

Lines and characters are zero-based and characters count UTF-16 code units, as editors, SARIF's default and
Spectral's findings do.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, count
from operator import add

from .pointers import Path


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place between two characters."""

    line: int
    character: int


@dataclass(frozen=True, slots=True)
class Range:
    """From the first character of something to just behind its last."""

    start: Position
    end: Position

    def as_dict(self) -> dict[str, dict[str, int]]:
        return {
            "start": {"line": self.start.line, "character": self.start.character},
            "end": {"line": self.end.line, "character": self.end.character},
        }


ORIGIN = Position(0, 0)
NOWHERE = Range(ORIGIN, ORIGIN)


class Lines:
    """Turns offsets into a text, in code points, into positions."""

    def __init__(self, text: str) -> None:
        self._text = text
        lengths = list(map(len, text.split("\n")))
        self._starts = [0, *map(add, accumulate(lengths[:-1]), count(1))]
        # Only code points beyond U+FFFF take two UTF-16 units; most texts have none and need no counting.
        self._astral = not text.isascii() and len(text.encode("utf-16-le", "surrogatepass")) > 2 * len(text)

    def position(self, offset: int) -> Position:
        line = bisect_right(self._starts, offset) - 1
        start = self._starts[line]
        character = offset - start
        if self._astral:
            character += sum(1 for c in self._text[start:offset] if c > "\uffff")
        return Position(line, character)

    def text(self, line: int) -> str:
        """The line with this zero-based number, without its end; empty beyond the text."""
        if not 0 <= line < len(self._starts):
            return ""
        end = self._starts[line + 1] if line + 1 < len(self._starts) else len(self._text)
        return self._text[self._starts[line] : end].rstrip("\r\n")

    def __len__(self) -> int:
        return len(self._starts)


@dataclass(slots=True)
class Node:
    """A node's place in the text, in offsets; `key` is where the key that leads to it is written."""

    start: int
    end: int
    key: tuple[int, int] | None = None
    fields: dict[str, Node] | None = None
    items: list[Node] | None = None
    alias: bool = False

    @property
    def is_collection(self) -> bool:
        return self.fields is not None or self.items is not None

    def child(self, part: str | int) -> Node | None:
        if self.fields is not None:
            return self.fields.get(str(part))
        if self.items is not None:
            index = int(part) if isinstance(part, int) or part.isdecimal() else -1
            return self.items[index] if 0 <= index < len(self.items) else None
        return None

    def last(self) -> Node:
        """The descendant that is written last; the node itself where it has none."""
        node = self
        while True:
            if node.items:
                node = node.items[-1]
            elif node.fields:
                node = next(reversed(node.fields.values()))
            else:
                return node


@dataclass(slots=True)
class Tree:
    """The places of all nodes of one text."""

    root: Node
    lines: Lines

    def nearest(self, path: Path) -> tuple[Node, int]:
        """The node at `path`, or its closest ancestor that is written, and how many parts led there."""
        node = self.root
        for depth, part in enumerate(path):
            child = node.child(part)
            if child is None:
                return node, depth
            node = child
        return node, len(path)

    def line_at(self, path: Path) -> int:
        """The one-based line where the key or item at `path` is written, or its closest ancestor."""
        return self.line_of(self.nearest(path)[0])

    def range_of(self, node: Node) -> Range:
        """A node's range as Spectral counts it.

        A scalar starts at itself. A mapping or sequence that is the value of a key starts one character
        behind the key, elsewhere at itself, and ends where its last descendant ends, so that closing
        brackets and trailing blanks are left out. The root starts at the beginning of the text.
        """
        start, end = node.start, node.end
        if node.is_collection:
            end = node.last().end
            if node.key is not None:
                start = node.key[1] + 1
        if node is self.root:
            start = 0
        return Range(self.lines.position(start), self.lines.position(end))

    def line_of(self, node: Node) -> int:
        """The one-based line where a person would look for the node: that of its key, or of itself."""
        return self.lines.position(node.key[0] if node.key else node.start).line + 1


def walk(node: Node) -> Iterator[Node]:
    """A node and everything below it, without recursion."""
    stack = [node]
    while stack:
        node = stack.pop()
        yield node
        stack.extend(node.items or ())
        stack.extend((node.fields or {}).values())
