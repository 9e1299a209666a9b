from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from contracts.document import parse
from contracts.positions import Lines, Position, walk


@given(st.text(alphabet="aé😀\n", max_size=40), st.data())
def test_positions_count_utf16_units(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    before = text[:offset]
    last = before.rsplit("\n", 1)[-1]
    assert Lines(text).position(offset) == Position(before.count("\n"), len(last.encode("utf-16-le")) // 2)


def test_lines_give_their_text() -> None:
    lines = Lines("a\r\nb\n")
    assert [lines.text(n) for n in range(-1, 4)] == ["", "a", "b", "", ""]
    assert len(lines) == 3


def test_walk_visits_every_node_once() -> None:
    tree = parse(b"a: [1, {b: 2}]\nc: 3\n").tree
    assert tree is not None
    assert len(list(walk(tree.root))) == 6


def test_last_is_what_is_written_last() -> None:
    tree = parse(b"a: [1, {b: 22}]\n").tree
    assert tree is not None
    assert (tree.root.last().start, tree.root.last().end) == (11, 13)
