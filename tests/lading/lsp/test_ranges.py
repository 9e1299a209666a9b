"""Places, and the way back to nodes."""

from __future__ import annotations

import pytest
from lsprotocol import types

from contracts.document import parse
from lading.lsp.ranges import offset_of, overlap, path_at, place_of, whole_of

TEXT = 'a: {"📦": [x, y]}  # end\nbc:\n  d: |\n    one\n    two\n'
DOCUMENT = parse(TEXT.encode(), "a.yaml")


def at(line: int, start: int, end: int, last: int | None = None) -> types.Range:
    return types.Range(types.Position(line, start), types.Position(line if last is None else last, end))


def test_characters_beyond_the_first_plane_count_twice() -> None:
    assert TEXT[offset_of(DOCUMENT, types.Position(0, 11))] == "x"
    assert place_of(DOCUMENT, ("a", "📦", 0)) == at(0, 11, 12)
    assert offset_of(DOCUMENT, types.Position(0, 500)) == TEXT.index("\n")
    assert offset_of(DOCUMENT, types.Position(1, 0)) == TEXT.index("bc")
    assert offset_of(DOCUMENT, types.Position(99, 0)) == len(TEXT)


@pytest.mark.parametrize(
    ("line", "character", "path"),
    [(0, 0, ("a",)), (0, 11, ("a", "📦", 0)), (1, 1, ("bc",)), (3, 5, ("bc", "d")), (0, 23, ())],
)
def test_the_smallest_node_around_a_place(line: int, character: int, path: tuple[object, ...]) -> None:
    assert path_at(DOCUMENT, types.Position(line, character)) == path


def test_a_collection_is_looked_for_at_its_key_and_a_long_text_on_its_first_line() -> None:
    assert place_of(DOCUMENT, ("bc",)) == at(1, 0, 2)
    assert place_of(DOCUMENT, ("bc", "d")) == at(2, 5, 6)
    assert place_of(DOCUMENT, ()) == at(0, 0, len(TEXT.splitlines()[0]) + 1)
    assert whole_of(DOCUMENT, ("bc",)) == at(1, 0, 7, 4)


def test_a_cursor_at_the_edge_overlaps() -> None:
    assert overlap(at(0, 1, 3), at(0, 3, 3))
    assert not overlap(at(0, 1, 3), at(0, 4, 9))
