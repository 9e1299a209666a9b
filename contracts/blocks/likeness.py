"""Blocks that another version of a text has too, which are read once for both.

Two versions of a contract are the same but for a few places. What stands below a key is taken over, with its value,
where the other text has the very same lines below the same keys in the same column. A block is only looked for in its
own place, so that no object has two.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple


class Marks(dict[int, list[int]]):
    """By the `id` of a collection: the offset of each of its keys, or of its items' dashes.

    Those of blocks from another text are worked out when they are asked for: few places are. Whoever asks comes
    from the root, and so through a block's outermost collection.
    """

    def __init__(self) -> None:
        self._later: dict[int, tuple[Any, Mapping[int, list[int]], int]] = {}

    def take_over(self, value: Any, marks: Mapping[int, list[int]], by: int) -> None:
        """Adds a block that has `marks` in its own text and stands `by` further on in this one."""
        self._later[id(value)] = value, marks, by

    def __missing__(self, key: int) -> list[int]:
        value, marks, by = self._later.pop(key)
        waiting = [value]
        while waiting:
            holder = waiting.pop()
            offsets = marks.get(id(holder))
            if offsets is None:
                continue  # in flow style: its places are worked out from the text
            self[id(holder)] = [offset + by for offset in offsets]
            children = holder.values() if holder.__class__ is dict else holder
            waiting += [child for child in children if child.__class__ is dict or child.__class__ is list]
        return self[key]

    def __contains__(self, key: object) -> bool:
        return super().__contains__(key) or key in self._later

    def get(self, key: int, default: Any = None) -> Any:
        if key in self._later:
            return self[key]
        return super().get(key, default)


class Block(NamedTuple):
    """What stands below a key: its value, from the line behind the key to where the next key or the end begins."""

    value: Any
    start: int
    end: int
    column: int


class Likeness:
    """A text that was read, as another one is compared with it."""

    def __init__(self, text: str, value: Any, marks: Mapping[int, list[int]]) -> None:
        self._text = text
        self.marks = marks
        # Of a last line without a break it is not certain what it says once another line follows.
        whole = value.__class__ is dict and text.endswith("\n")
        self.outermost = self._inside(value, len(text)) if whole else {}

    def inside(self, block: Block) -> dict[str, Block]:
        """The blocks below the keys of a block, where it is a mapping."""
        return self._inside(block.value, block.end) if block.value.__class__ is dict else {}

    def _inside(self, holder: dict[str, Any], end: int) -> dict[str, Block]:
        text, offsets = self._text, self.marks[id(holder)]
        column = offsets[0] - text.rfind("\n", 0, offsets[0]) - 1
        ends = [*(offset - column for offset in offsets[1:]), end]
        return {
            key: Block(child, text.index("\n", offset) + 1, its_end, column)
            for (key, child), offset, its_end in zip(holder.items(), offsets, ends, strict=True)
            if (child.__class__ is dict or child.__class__ is list) and id(child) in self.marks
        }

    def end(self, block: Block, text: str, at: int, column: int) -> int | None:
        """Where in another text, which has a key in `column` and a line at `at` below it, the same block ends.

        None where it is another block, or where that is not certain.
        """
        if block.column != column or not text.startswith(self._text[block.start : block.end], at):
            return None
        end = at + block.end - block.start
        behind = end
        while text.startswith("\n", behind):
            behind += 1
        if behind == len(text):
            return end
        first = behind
        while text[first] == " ":
            first += 1
        # What stands further in belongs to the block, as do items in its key's column; a comment leaves that open.
        indent = first - behind
        outside = indent < column or (indent == column and text[first] != "-")
        return end if outside and text[first] not in "#\n" else None
