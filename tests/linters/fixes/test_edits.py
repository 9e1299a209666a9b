"""Pieces of a text that give way to others."""

from __future__ import annotations

import pytest

from linters.fixes.edits import Edit, edited, meet


def test_edits_are_made_from_the_front_whatever_their_order() -> None:
    assert edited("abc", [Edit(2, 3, "C"), Edit(0, 0, "<"), Edit(0, 1, "A")]) == "<AbC"


def test_edits_that_overlap_are_a_mistake() -> None:
    with pytest.raises(AssertionError):
        edited("abc", [Edit(0, 2, ""), Edit(1, 3, "")])


def test_edits_meet_where_they_touch() -> None:
    assert meet([Edit(0, 2, "")], [Edit(2, 2, "x")])
    assert not meet([Edit(0, 2, "")], [Edit(3, 3, "x")])
