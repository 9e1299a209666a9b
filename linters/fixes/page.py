"""A document as it is written: where its nodes, their keys and their commas stand."""

from __future__ import annotations

import re
from functools import cached_property

from contracts.document import Document
from contracts.pointers import Path
from contracts.positions import Node

from .edits import CannotFix

_PROPERTIES = re.compile(r"(?:[&!]\S*[ \t]+)*").match
_FIRST_INDENT = re.compile(r"^([ \t]+)(?![ \t#]|- )\S", re.MULTILINE).search
_BETWEEN = re.compile(r"(?:\s|#[^\n]*)*").match


class Page:
    """The text of a document and the places in it. Raises `CannotFix` for what is not written as it seems."""

    def __init__(self, document: Document) -> None:
        self.text = document.text
        self.json = document.is_json
        self.newline = "\r\n" if "\r\n" in self.text else "\n"
        self._tree = document.whole_tree

    def node(self, path: Path) -> Node:
        """The node at `path`, written there and nowhere else."""
        if self._tree is None:
            raise CannotFix("the document could not be read")
        node, depth = self._tree.nearest(path)
        if depth < len(path) or node.alias:
            raise CannotFix("it is not written here but comes from an alias")
        return node

    def key(self, path: Path) -> tuple[int, int]:
        """Where the key that ends `path` is written."""
        place = self.node(path).key
        if place is None or self.text[place[0]] in "*&!":
            raise CannotFix("its key is no plain text")
        return place

    def content(self, node: Node) -> int:
        """Where a node begins behind its anchor and its tag."""
        if self.json or not self.text.startswith(("&", "!"), node.start):
            return node.start
        match = _PROPERTIES(self.text, node.start)
        assert match is not None
        return min(match.end(), node.end)

    def is_flow(self, node: Node) -> bool:
        """Whether a collection is written in brackets."""
        return node.is_collection and self.text.startswith(("{", "["), self.content(node))

    def in_flow(self, path: Path) -> bool:
        """Whether the node at `path` stands in brackets."""
        return any(self.is_flow(self.node(path[:depth])) for depth in range(len(path)))

    def end(self, node: Node) -> int:
        """Behind the last character of a node, closing brackets included."""
        while node.is_collection and not self.is_flow(node):
            children = node.items if node.items is not None else list((node.fields or {}).values())
            if not children:
                break
            node = children[-1]
        return node.end

    def children(self, node: Node) -> list[Node]:
        return list(node.items if node.items is not None else (node.fields or {}).values())

    def start(self, node: Node) -> int:
        """Where a child begins: its key, or itself."""
        return node.key[0] if node.key is not None else node.start

    # -- lines --------------------------------------------------------------------------------------

    def line_start(self, offset: int) -> int:
        return self.text.rfind("\n", 0, offset) + 1

    def line_end(self, offset: int) -> int:
        """Before the line break that ends the line of `offset`."""
        end = self.text.find("\n", offset)
        end = len(self.text) if end < 0 else end
        return end - 1 if self.text.startswith("\r", end - 1) else end

    def next_line(self, offset: int) -> int:
        """Behind the line break that ends the line of `offset`."""
        end = self.text.find("\n", offset)
        return len(self.text) if end < 0 else end + 1

    def before(self, offset: int) -> str:
        """What stands on the line before `offset`."""
        return self.text[self.line_start(offset) : offset]

    def margin(self, offset: int) -> str:
        """As much white space as leads to the column of `offset`, tabs kept."""
        return re.sub(r"[^\t]", " ", self.before(offset))

    @cached_property
    def step(self) -> str:
        """One level of indentation, as the document has it."""
        match = _FIRST_INDENT(self.text)
        return match[1] if match is not None and len(match[1]) <= 8 else "  "

    # -- commas -------------------------------------------------------------------------------------

    def behind(self, offset: int) -> int:
        """The next character that is neither white space nor comment, inside brackets."""
        if self.json:
            while offset < len(self.text) and self.text[offset].isspace():
                offset += 1
            return offset
        match = _BETWEEN(self.text, offset)
        assert match is not None
        return match.end()

    def comma(self, offset: int) -> int | None:
        """Where the comma that follows a child ending at `offset` is, if one does."""
        at = self.behind(offset)
        return at if self.text.startswith(",", at) else None
