"""Lines of a document around a place."""

from __future__ import annotations

from dataclasses import dataclass

from contracts.document import Document, Range

AROUND = 2
LONGEST = 240


@dataclass(frozen=True, slots=True)
class Line:
    """`number` is one-based. `start` and `end` are the columns that are meant, where the line is `marked`."""

    number: int
    text: str
    marked: bool = False
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Excerpt:
    source: str
    line: int
    lines: tuple[Line, ...]


def at_range(document: Document, place: Range, around: int = AROUND) -> Excerpt:
    """The lines around a range, its first line marked from its start to its end on that line."""
    first, last = place.start.line, place.end.line
    line = _line(document, first, marked=True)
    end = place.end.character if last == first else len(line.text)
    # Characters count UTF-16 units; beyond the basic plane the mark may be off by one, the line never is.
    start = min(place.start.character, len(line.text))
    marked = Line(line.number, line.text, True, start, min(max(start, end), len(line.text)))
    return Excerpt(document.source, first + 1, _around(document, first, marked, around))


def at_line(document: Document, number: int, around: int = AROUND) -> Excerpt:
    """The lines around a one-based line."""
    return Excerpt(
        document.source,
        number,
        _around(document, number - 1, _line(document, number - 1, marked=True), around),
    )


def _around(document: Document, index: int, marked: Line, around: int) -> tuple[Line, ...]:
    before = [_line(document, i) for i in range(max(0, index - around), index)]
    after = [_line(document, i) for i in range(index + 1, index + 1 + around)]
    while after and not after[-1].text:
        after.pop()
    return (*before, marked, *after)


def _line(document: Document, index: int, *, marked: bool = False) -> Line:
    text = document.lines.text(index)
    return Line(index + 1, text if len(text) <= LONGEST else text[:LONGEST] + "…", marked)
