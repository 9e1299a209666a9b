"""Places: ours, the protocol's, and the way back from a place to a node."""

from __future__ import annotations

from lsprotocol import types

from contracts.document import Document
from contracts.pointers import Path
from contracts.positions import Lines, Node, Position, Range


def to_position(position: Position) -> types.Position:
    return types.Position(position.line, position.character)


def to_range(place: Range) -> types.Range:
    return types.Range(to_position(place.start), to_position(place.end))


def between(lines: Lines, start: int, end: int) -> types.Range:
    """The range from one offset to another."""
    return types.Range(to_position(lines.position(start)), to_position(lines.position(end)))


def overlap(one: types.Range, other: types.Range) -> bool:
    """Whether two ranges have a place in common; a cursor is a range without width."""
    return _key(one.start) <= _key(other.end) and _key(other.start) <= _key(one.end)


def offset_of(document: Document, place: types.Position) -> int:
    """The offset in code points of a place, whose characters are UTF-16 code units; never beyond its line."""
    at = _line_start(document, place.line)
    line = document.lines.text(place.line)
    units = 0
    for character in line:
        if units >= place.character:
            break
        units += 2 if character > "\uffff" else 1
        at += 1
    return at


def _line_start(document: Document, line: int) -> int:
    low, high = 0, len(document.text)
    while low < high:
        middle = (low + high) // 2
        if document.lines.position(middle).line < line:
            low = middle + 1
        else:
            high = middle
    return low


def path_at(document: Document, place: types.Position) -> Path:
    """The path of the smallest node around a place; its key belongs to it."""
    if document.whole_tree is None:
        return ()
    offset = offset_of(document, place)
    node, path = document.whole_tree.root, []
    while True:
        for part, child in _children(node):
            if (child.key[0] if child.key else child.start) <= offset <= _end(child):
                path.append(part)
                node = child
                break
        else:
            return tuple(path)


def place_of(document: Document, path: Path) -> types.Range:
    """Where a person looks for the node at `path`: its key where it is a collection, and otherwise itself."""
    if document.whole_tree is None:
        return types.Range(types.Position(0, 0), types.Position(0, 0))
    node, _ = document.whole_tree.nearest(path)
    if node is document.whole_tree.root:
        return types.Range(types.Position(0, 0), types.Position(0, _units(document.lines.text(0))))
    if node.is_collection and node.key is not None:
        return between(document.lines, *node.key)
    found = between(document.lines, node.start, node.end)
    return _first_line(document, found)


def whole_of(document: Document, path: Path) -> types.Range:
    """A node with its key, from its first character to its last."""
    assert document.whole_tree is not None
    node, _ = document.whole_tree.nearest(path)
    return between(document.lines, node.key[0] if node.key else node.start, _end(node))


def _first_line(document: Document, found: types.Range) -> types.Range:
    if found.start.line == found.end.line:
        return found
    line = found.start.line
    return types.Range(found.start, types.Position(line, _units(document.lines.text(line))))


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _children(node: Node) -> list[tuple[str | int, Node]]:
    if node.fields is not None:
        return list(node.fields.items())
    return list(enumerate(node.items or ()))


def _end(node: Node) -> int:
    return max(node.end, node.last().end)


def _key(position: types.Position) -> tuple[int, int]:
    return position.line, position.character
