"""Members and items that go."""

from __future__ import annotations

import pytest

from contracts.pointers import Path
from linters.fixes.changes import Remove
from linters.fixes.edits import CannotFix
from tests.linters.fixes.helpers import typeset


@pytest.mark.parametrize(
    ("text", "path", "wanted"),
    [
        ("a: 1\n# about b\nb: 2 # b's\nc: 3\n", ("b",), "a: 1\n# about b\nc: 3\n"),
        ("a: 1\nb:\n  c: 2", ("b",), "a: 1"),
        ("a:\n  b: 1\n", ("a", "b"), "a:\n  {}\n"),
        ("a:\n  - b\n", ("a", 0), "a:\n  []\n"),
        ("a:\n- b\n- c # why\n", ("a", 1), "a:\n- b\n"),
        ("- a: 1\n  b: 2\n", (0, "a"), "- b: 2\n"),
        ("a: [b, c, d] # why\n", ("a", 0), "a: [c, d] # why\n"),
        ("a: [b, c, d] # why\n", ("a", 2), "a: [b, c] # why\n"),
        ("a: {b: 1}\n", ("a", "b"), "a: {}\n"),
        ("a: {\n  b: 1, # one\n  c: 2\n}\n", ("a", "c"), "a: {\n  b: 1 # one\n}\n"),
        ('{\n  "a": 1,\n  "b": 2\n}', ("b",), '{\n  "a": 1\n}'),
        ('{\n  "a": 1,\n  "b": 2\n}', ("a",), '{\n  "b": 2\n}'),
        ('{"a": 1, "b": 2}', ("a",), '{"b": 2}'),
        ('{"a": 1, "b": 2}', ("b",), '{"a": 1}'),
    ],
)
def test_it_goes_with_its_comma_and_its_line(text: str, path: Path, wanted: str) -> None:
    assert typeset(text, Remove(path)) == wanted


@pytest.mark.parametrize(("text", "path"), [("a: 1\n", ()), ("- a: 1\n  # about b\n  b: 2\n", (0, "a"))])
def test_what_would_take_more_along_stays(text: str, path: Path) -> None:
    with pytest.raises(CannotFix):
        typeset(text, Remove(path))
