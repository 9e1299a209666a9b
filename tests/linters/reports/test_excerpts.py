from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.positions import Position, Range
from linters.reports.excerpts import cells, excerpt, inert, printable


def place(start: int, end: int, lines: int = 0) -> Range:
    return Range(Position(3, start), Position(3 + lines, end))


def marked(line: str, where: Range, width: int = 60) -> str | None:
    part = excerpt(line, where, width)
    return None if part is None else part.text[part.start : part.start + part.length]


@pytest.mark.parametrize(
    ("line", "where", "expected"),
    [
        ("  version: v1", place(11, 13), "v1"),
        ("    get:", place(8, 20, lines=2), "get:"),
        ("    get:   # read", place(8, 20, lines=2), "# read"),
        ("  - name: a", place(4, 9, lines=1), "name: a"),
        ("  security: []", place(11, 14), "[]"),
        ("    emoji: 😀😀 x", place(11, 15), "😀😀"),
        ("", place(0, 0), None),
        ("short", place(40, 50), "short"),
    ],
)
def test_what_is_marked(line: str, where: Range, expected: str | None) -> None:
    assert marked(line, where) == expected


def test_a_minified_document_is_cut_to_a_window_around_the_place() -> None:
    line = "{" + '"a":1,' * 1000 + '"version":"v1"' + ',"b":2' * 1000 + "}"
    start = line.index('"v1"')
    part = excerpt(line, place(start, start + 4), 60)
    assert part is not None
    assert len(part.text) == 60
    assert part.text[0] == part.text[-1] == "…"
    assert part.text[part.start : part.start + part.length] == '"v1"'


def test_control_and_direction_characters_do_not_reach_the_terminal() -> None:
    assert printable("a\x1b[31mb\x07\u202ec\nd\te") == "a�[31mb��c d e"


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("  ::error file=a::b", "  : :error file=a::b"),
        ("::stop-commands::x", ": :stop-commands::x"),
        ("x ##[add-path]y ##teamcity[z]", "x # #[add-path]y # #teamcity[z]"),
        ("a::b ## c", "a::b ## c"),
    ],
)
def test_no_line_is_a_command_of_a_ci_system(line: str, shown: str) -> None:
    assert inert(line) == shown


@pytest.mark.parametrize(("text", "width"), [("abc", 3), ("日本", 4), ("é", 1), ("e\u0301", 1), ("", 0)])
def test_how_much_of_a_terminal_a_text_takes(text: str, width: int) -> None:
    assert cells(text) == width


@given(
    st.text(max_size=120), st.integers(0, 200), st.integers(0, 200), st.integers(0, 2), st.integers(10, 80)
)
def test_an_excerpt_is_printable_bounded_and_marks_inside_itself(
    line: str, start: int, end: int, lines: int, width: int
) -> None:
    part = excerpt(line, place(start, end, lines), width)
    if part is not None:
        assert len(part.text) <= width
        assert printable(part.text) == part.text
        assert part.start >= 0
        assert 1 <= part.length <= len(part.text) - part.start
