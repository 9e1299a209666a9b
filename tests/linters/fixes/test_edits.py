"""Pieces of a text that give way to others."""

from __future__ import annotations

import pytest

from linters.fixes.edits import Edit, Taken, edited


def test_edits_are_made_from_the_front_whatever_their_order() -> None:
    assert edited("abc", [Edit(2, 3, "C"), Edit(0, 0, "<"), Edit(0, 1, "A")]) == "<AbC"


def test_edits_that_overlap_are_a_mistake() -> None:
    with pytest.raises(AssertionError):
        edited("abc", [Edit(0, 2, ""), Edit(1, 3, "")])


def test_places_that_are_taken_are_not_edited_again_nor_beside() -> None:
    taken = Taken()
    taken.take([Edit(10, 12, ""), Edit(2, 4, "")])
    assert taken.meets([Edit(4, 4, "x")])
    assert taken.meets([Edit(0, 2, "x")])
    assert taken.meets([Edit(0, 20, "x")])
    assert taken.meets([Edit(11, 11, "x")])
    assert not taken.meets([Edit(5, 9, "x"), Edit(13, 14, "y")])
