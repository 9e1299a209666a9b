"""Where each node of a text in block style is written, worked out when it is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from contracts.limits import Limits
from contracts.pointers import Path
from contracts.positions import Lines, Node, Tree

from .scalars import flow, scan, shifted, value_at


class BlockTree(Tree):
    """A tree that knows where keys and items begin, and looks at the text for the rest."""

    def __init__(
        self, text: str, value: Any, marks: Mapping[int, list[int]], lines: Lines, limits: Limits
    ) -> None:
        self._text = text if text.endswith("\n") else text + "\n"
        self._value = value
        self._marks = marks
        self._limits = limits
        self._orders: dict[int, dict[str, int]] = {}
        """By the `id` of a mapping: the number of each of its keys."""
        self._flows: dict[int, Node] = {}
        """By the `id` of a flow collection: its place, with those of all that is in it."""
        start = marks[id(value)][0]
        super().__init__(Node(start, self._end(value), fields={}), lines)

    def nearest(self, path: Path) -> tuple[Node, int]:
        holder, mark, value, depth = self._reached(path)
        return self._in_flow(self._node(holder, mark, value), path, depth)

    def line_at(self, path: Path) -> int:
        holder, mark, value, depth = self._reached(path)
        if holder.__class__ is list and id(value) in self._marks:
            mark = self._marks[id(value)][0]
        elif mark < 0 or holder.__class__ is list or (depth < len(path) and id(value) not in self._marks):
            return super().line_at(path)
        return self.lines.position(mark).line + 1

    def _reached(self, path: Path) -> tuple[Any, int, Any, int]:
        """What lies at `path`, as far as it is written in block style: its holder, its mark there, its value, and
        how many parts led to it. The mark of the root is -1.
        """
        holder, mark, value, depth = self._value, -1, self._value, 0
        for part in path:
            marks = self._marks.get(id(value))
            number = self._number(value, part) if marks is not None else None
            if marks is None or number is None:
                break
            holder, mark, depth = value, marks[number], depth + 1
            value = value[str(part) if value.__class__ is dict else number]
        return holder, mark, value, depth

    def _number(self, value: Any, part: str | int) -> int | None:
        """Which of a collection's children `part` is."""
        if value.__class__ is list:
            index = int(part) if isinstance(part, int) or part.isdecimal() else -1
            return index if 0 <= index < len(value) else None
        order = self._orders.get(id(value))
        if order is None:
            order = self._orders[id(value)] = {key: number for number, key in enumerate(value)}
        return order.get(str(part))

    @staticmethod
    def _in_flow(node: Node, path: Path, depth: int) -> tuple[Node, int]:
        while depth < len(path):
            child = node.child(path[depth])
            if child is None:
                break
            node, depth = child, depth + 1
        return node, depth

    def _node(self, holder: Any, mark: int, value: Any) -> Node:
        """The place of `value`, whose key or dash is at `mark` in `holder`."""
        if mark < 0:
            return self.root
        listing = holder.__class__ is list
        key = None if listing else (mark, value_at(self._text, mark, listing)[0])
        marks = self._marks.get(id(value))
        if marks is not None:
            return Node(marks[0], self._end(value), key, fields={})
        node = self._leaf(holder, mark, value)
        node.key = key
        return node

    def _leaf(self, holder: Any, mark: int, value: Any) -> Node:
        """The place of a scalar, or of a flow collection with all that is in it."""
        if id(value) in self._flows:
            return self._flows[id(value)]
        text, listing = self._text, holder.__class__ is list
        key_end, start = value_at(text, mark, listing)
        column = self._column(self._marks[id(holder)][0])
        if value is None and text.find("\n", mark, start) >= 0 and self._column(start) <= column:
            behind = key_end if listing else text.index(":", key_end) + 1
            return Node(behind, behind)
        _, end, _ = scan(text, start, column, self._limits)
        if text[start] in "[{":
            root = flow(text[start:end], self._limits, places=True).root
            assert root is not None
            self._flows[id(value)] = shifted(root, start)
            return root
        return Node(start, end)

    def _column(self, at: int) -> int:
        return at - self._text.rfind("\n", 0, at) - 1

    def _end(self, value: Any) -> int:
        """Where the last descendant of a block collection ends."""
        while True:
            marks = self._marks[id(value)]
            holder, mark = value, marks[-1]
            value = value[-1] if value.__class__ is list else next(reversed(value.values()))
            if id(value) not in self._marks:
                return self._leaf(holder, mark, value).last().end
