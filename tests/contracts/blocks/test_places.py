from __future__ import annotations

from contracts.document import parse
from contracts.pointers import Path
from contracts.positions import Position, Range

_TEXT = b"""a:
  b: |
    text
  c: {d: [1, 22]}
e:
  -
  - f:
    g: "two
      lines"
"""


def _at(*path: str | int) -> tuple[int, int, int, int]:
    found = parse(_TEXT).range(path)
    return found.start.line, found.start.character, found.end.line, found.end.character


def test_scalars_begin_at_themselves() -> None:
    assert _at("a", "b") == (1, 5, 2, 8)
    assert _at("e", 1, "g") == (7, 7, 8, 12)


def test_what_is_empty_stands_behind_its_key_or_dash() -> None:
    assert _at("e", 0) == (5, 3, 5, 3)
    assert _at("e", 1, "f") == (6, 6, 6, 6)


def test_collections_end_with_their_last_descendant() -> None:
    assert _at("a") == (0, 2, 3, 15)
    assert _at("e") == (4, 2, 8, 12)
    assert _at() == (0, 0, 8, 12)


def test_flow_collections_are_looked_into() -> None:
    assert _at("a", "c", "d", 1) == (3, 13, 3, 15)


def test_what_is_missing_is_its_closest_ancestor() -> None:
    document = parse(_TEXT)
    for path in (("a", "x"), ("e", 7), ("a", "b", "x")):
        whole: Path = path
        assert document.range(whole) == document.range(whole[:-1])
        assert document.exact_range(whole) is None


def test_a_text_without_an_end_of_line() -> None:
    assert parse(b"a: x").range(("a",)) == Range(Position(0, 3), Position(0, 4))
