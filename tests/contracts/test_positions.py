from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from contracts import yaml_reader
from contracts.limits import DEFAULT
from contracts.positions import Lines, Node, Position, walk


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
    assert len(list(walk(_root("a: [1, {b: 2}]\nc: 3\n")))) == 6


def test_last_is_what_is_written_last() -> None:
    last = _root("a: [1, {b: 22}]\n").last()
    assert (last.start, last.end) == (11, 13)


def _root(text: str) -> Node:
    root = yaml_reader.read(text, DEFAULT, places=True).root
    assert root is not None
    return root
