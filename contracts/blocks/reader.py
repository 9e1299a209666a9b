"""Values of YAML in block style, with the place of each key and item."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from contracts import yaml_reader
from contracts.limits import Limits
from contracts.pointers import Path
from contracts.reading import Notice, Reading
from contracts.scalars import resolve

from .likeness import Block, Likeness, Marks
from .scalars import KEY, PLAIN, Unusual, scan, value_at

_ROW = re.compile(
    r"( *+)((?:-(?: ++|(?=\n)))*+)"
    rf"(?:({KEY}) *+:(?: ++|(?=\n)))?"
    rf"(?:({PLAIN})(?=\n)|'([^'\n\t]*+)'(?=\n)|\"([^\"\\\n\t]*+)\"(?=\n)|([^\n]++))?\n"
)
"""Blanks, dashes, a key, and behind it a plain, a single-quoted or a double-quoted scalar, or anything else."""
_DASHES, _KEY, _PLAIN, _OTHER = 2, 3, 4, 7
_USUAL = bytes([9, 10, *range(0x20, 0x7F)])
_FOREIGN = re.compile(
    r"[\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]*+"
).fullmatch
"""Characters beyond ASCII that are neither line breaks, nor marks of byte order, nor refused by libyaml."""
_WORDS = {
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}
_NUMERIC = frozenset("+-.0123456789")
_LONGEST_KEY = 1_000


def read(text: str, limits: Limits, like: Likeness | None = None) -> Reading:
    """The value of a text in block style, the marks of its collections, and notices of keys that are no text.

    Blocks that `like` has too are taken from there, and shared; it was read under the same limits. Raises `Unusual` for what libyaml has to read: whatever deserves another notice, and what is rare.
    """
    if _FOREIGN(text.encode().translate(None, _USUAL).decode()) is None:
        raise Unusual
    if "\n---" in text or "\n..." in text or text.startswith("..."):
        raise Unusual
    # Each node but the first stands behind one of these, so this bounds their number from above.
    if len(text) > limits.nodes < sum(map(text.count, "-:,[{")):
        raise Unusual
    return _Reader(text, limits, like).read()


class _Reader:
    def __init__(self, text: str, limits: Limits, like: Likeness | None) -> None:
        self.ends = text.endswith("\n")
        self.text = text if self.ends else text + "\n"
        self.limits = limits
        self.notices: list[Notice] = []
        self.like = like
        self.marks = Marks()
        self.root: dict[str, Any] = {"": None}
        self.stack: list[tuple[Any, int, list[int]]] = []

    def read(self) -> Reading:
        # One loop with everything in local variables: it runs once for each line of large documents.
        text, row, words, numeric = self.text, _ROW.match, _WORDS, _NUMERIC
        names: dict[str, str] = {}
        like = self.like
        other: dict[
            int, dict[str, Block]
        ] = {}  # what the other text has below the keys of a mapping of this one
        inside = like.outermost if like is not None else None
        holder: Any = self.root
        indent, awaits, listing = -1, True, False
        key: Any = ""
        child: Any
        marks: list[int] = []
        at, size = 4 if text.startswith("---\n") else 0, len(text)
        while at < size:
            match = row(text, at)
            if match is None:
                raise Unusual
            kind = match.lastindex or _DASHES
            first, begin = match.span(2)
            column, line, at = first - at, at, match.end()
            if begin == first and (kind == _DASHES or (kind == _OTHER and text[first] == "#")):
                continue
            name = match[_KEY]
            dashed = begin != first
            if column != indent or dashed is not listing:
                if awaits and (column > indent or (dashed and column == indent and not listing)):
                    if name is None and not dashed:
                        holder[key], _, at = self._scan(first, indent)
                        awaits = False
                        continue
                    holder[key] = child = [] if dashed else {}
                    marks = self._open(holder, indent, marks, child)
                    holder, indent, listing = child, column, dashed
                    if inside and not dashed:
                        other[id(child)] = inside
                    inside = None
                elif column > indent:
                    at = self._goes_on(holder, indent, marks, line)
                    continue
                else:
                    holder, indent, marks = self._close(column, dashed)
                    listing = dashed
            if name is None and not dashed:
                raise Unusual
            if dashed:
                while True:
                    marks.append(first)
                    first = text.index("-", first + 1) if text.find("-", first + 1, begin) > 0 else begin
                    if first == begin and name is None:
                        break
                    child = {} if first == begin else []
                    holder.append(child)
                    marks = self._open(holder, indent, marks, child)
                    holder, indent = child, first - line
                    if first == begin:
                        break
            awaits = False
            value: Any
            if kind == _PLAIN:
                value = match[kind]
                if value in words:
                    value = words[value]
                elif value[0] in numeric or value[-1] == " ":
                    value = resolve(value.rstrip(" "))
            elif kind <= _KEY:
                value, awaits = None, True
            elif kind < _OTHER:
                value = match[kind]
            else:
                begin = match.start(kind)
                if text[begin] == "#":
                    value, awaits = None, True
                else:
                    value, _, at = self._scan(begin, indent)
            if name is None:
                key, listing = len(holder), True
                holder.append(value)
                continue
            key = names.get(name) or self._named(name, first, names)
            if key in holder:
                raise Unusual
            holder[key] = value
            marks.append(first)
            listing = False
            if awaits and like is not None:
                inside = None
                block = other[id(holder)].get(key) if id(holder) in other else None
                if block is None:
                    continue
                end = like.end(block, text, at, indent)
                if end is None or (end == size and not self.ends):
                    inside = like.inside(block)
                    continue
                holder[key] = block.value
                self.marks.take_over(block.value, like.marks, at - block.start)
                at, awaits = end, False
        if id(self.root[""]) not in self.marks:
            raise Unusual
        return Reading(self.root[""], self.notices, marks=self.marks)

    def _open(self, holder: Any, indent: int, marks: list[int], child: Any) -> list[int]:
        """Begins a collection; its marks."""
        self.stack.append((holder, indent, marks))
        if len(self.stack) > self.limits.depth:
            raise Unusual
        own: list[int] = []
        self.marks[id(child)] = own
        return own

    def _close(self, column: int, dashed: bool) -> tuple[Any, int, list[int]]:
        """Ends collections, until one begins in this column."""
        while self.stack:
            holder, indent, marks = self.stack.pop()
            if indent == column and (holder.__class__ is list) is dashed:
                return holder, indent, marks
        raise Unusual

    def _scan(self, at: int, indent: int) -> tuple[Any, int, int]:
        limits, first = self.limits, self.text[at]
        if first in "[{":
            limits = replace(limits, depth=limits.depth - len(self.stack))
        value, end, line = scan(self.text, at, indent, limits)
        if not self.ends and line == len(self.text) and first in "|>":
            raise Unusual  # its last line has no break, which counts
        return value, end, line

    def _goes_on(self, holder: Any, indent: int, marks: list[int], line: int) -> int:
        """A plain scalar that goes on in the line that begins here; where the line behind it begins."""
        if not marks:
            raise Unusual
        listing = holder.__class__ is list
        value, _, end = self._scan(value_at(self.text, marks[-1], listing)[1], indent)
        if end <= line:
            raise Unusual
        holder[-1 if listing else next(reversed(holder))] = value
        return end

    def _named(self, name: str, start: int, names: dict[str, str]) -> str:
        """A key as it is meant; each is made once, so that what is met again is the same object."""
        quoted = name[0] in "'\""
        key = name[1:-1] if quoted else name.rstrip(" ")
        if len(key) > _LONGEST_KEY or key == "<<":
            raise Unusual
        value = key if quoted else resolve(key)
        if isinstance(value, str):
            names[name] = key
        else:
            path = (*self._path(), key)
            self.notices.append(yaml_reader.no_text(key, value, start, start + len(key), path))
        return key

    def _path(self) -> Path:
        """Where the collection is that is being read."""
        return tuple(
            len(holder) - 1 if holder.__class__ is list else next(reversed(holder))
            for holder, _, _ in self.stack[1:]
        )
