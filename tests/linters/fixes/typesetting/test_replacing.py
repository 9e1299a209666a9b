"""Scalars and keys that give way to others."""

from __future__ import annotations

import pytest

from linters.fixes.changes import Put, Quote, Rename
from linters.fixes.edits import CannotFix
from tests.linters.fixes.helpers import typeset


def test_a_value_keeps_its_quotes_its_anchor_and_the_comment_behind_it() -> None:
    assert typeset("a: 'x'  # why\n", Put(("a",), "y")) == "a: 'y'  # why\n"
    assert typeset('a: &n "x" # why\r\n', Put(("a",), "y")) == 'a: &n "y" # why\r\n'
    assert typeset("a: [x, z]\n", Put(("a", 0), "y, w")) == "a: ['y, w', z]\n"
    assert typeset('{"a": "x"}', Put(("a",), True)) == '{"a": true}'
    assert typeset("a: # nothing yet\nb: 1\n", Put(("a",), "w")) == "a: w # nothing yet\nb: 1\n"


def test_a_key_keeps_its_quotes() -> None:
    assert typeset("'a': 1 # why\n", Rename(("a",), "b c")) == "'b c': 1 # why\n"
    assert typeset('{"a":1}', Rename(("a",), "b")) == '{"b":1}'
    assert typeset("- a: 1\n  b: 2\n", Rename((0, "a"), "200")) == "- '200': 1\n  b: 2\n"


def test_a_key_gets_quotes_once() -> None:
    assert typeset("200: x\n", Quote(("200",))) == "'200': x\n"
    with pytest.raises(CannotFix):
        typeset("'200': x\n", Quote(("200",)))


@pytest.mark.parametrize("text", ["a: |\n  x\n", "a: 'x\n  y'\n", "a: {b: 1}\n", "b: &n x\na: *n\n"])
def test_what_is_written_otherwise_is_left_alone(text: str) -> None:
    with pytest.raises(CannotFix):
        typeset(text, Put(("a",), "y"))
