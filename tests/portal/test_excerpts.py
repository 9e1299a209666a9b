"""Lines of a document around a place."""

from __future__ import annotations

from contracts.document import Position, Range, parse
from portal import excerpts

DOCUMENT = parse(b"one: 1\ntwo: 2\nthree: 3\nfour: 4\nfive: 5\nsix: 6\n", "a.yaml")


def test_a_range_marks_its_columns_and_shows_its_neighbours() -> None:
    shown = excerpts.at_range(DOCUMENT, Range(Position(2, 0), Position(2, 5)))
    assert (shown.source, shown.line) == ("a.yaml", 3)
    assert [line.number for line in shown.lines] == [1, 2, 3, 4, 5]
    marked = next(line for line in shown.lines if line.marked)
    assert marked.text[marked.start : marked.end] == "three"


def test_the_edges_of_a_document_are_kept() -> None:
    assert [line.number for line in excerpts.at_line(DOCUMENT, 1).lines] == [1, 2, 3]
    assert [line.number for line in excerpts.at_line(DOCUMENT, 6).lines] == [4, 5, 6]
    assert [line.number for line in excerpts.at_line(DOCUMENT, 4, around=0).lines] == [4]


def test_a_range_over_several_lines_marks_the_first_to_its_end() -> None:
    shown = excerpts.at_range(DOCUMENT, Range(Position(1, 5), Position(4, 2)), around=0)
    assert [(line.start, line.end) for line in shown.lines] == [(5, 6)]


def test_long_lines_are_cut() -> None:
    long = parse(b'a: "' + b"x" * 1000 + b'"\n', "long.yaml")
    shown = excerpts.at_range(long, Range(Position(0, 3), Position(0, 900)), around=0)
    assert len(shown.lines[0].text) == excerpts.LONGEST + 1
    assert shown.lines[0].end <= len(shown.lines[0].text)


def test_a_range_beyond_the_text_marks_nothing_that_is_not_there() -> None:
    shown = excerpts.at_range(DOCUMENT, Range(Position(2, 90), Position(2, 95)), around=0)
    assert (shown.lines[0].start, shown.lines[0].end) == (8, 8)
    past = excerpts.at_range(DOCUMENT, Range(Position(99, 0), Position(99, 5)), around=0)
    assert [(line.text, line.start, line.end) for line in past.lines] == [("", 0, 0)]


def test_a_document_of_one_line_has_no_neighbours() -> None:
    shown = excerpts.at_line(parse(b"a: 1", "a.yaml"), 1)
    assert [(line.number, line.text, line.marked) for line in shown.lines] == [(1, "a: 1", True)]


def test_letters_beyond_ascii_are_counted_as_letters() -> None:
    document = parse("größe: 'Maß'\n".encode(), "a.yaml")
    line = excerpts.at_range(document, Range(Position(0, 0), Position(0, 5)), around=0).lines[0]
    assert line.text[line.start : line.end] == "größe"
