"""Long lists a part at a time."""

from __future__ import annotations

import pytest

from portal.slices import cut


def test_parts_follow_each_other_to_the_end() -> None:
    first = cut(range(5), "", 2)
    second = cut(range(5), first.after, 2)
    third = cut(range(5), second.after, 2)
    assert [list(part.items) for part in (first, second, third)] == [[0, 1], [2, 3], [4]]
    assert third.after == ""


def test_rubbish_begins_at_the_beginning() -> None:
    for rubbish in ("x", "-3", "9" * 30):
        assert list(cut(range(5), rubbish, 2).items) == [0, 1]


@pytest.mark.parametrize("after", ["5", "12345678", "²", "0x2", "1.0", " 1", "+1", "1" * 5000, "\0"])
def test_hostile_places_lead_to_a_part_that_is_bounded(after: str) -> None:
    part = cut(range(5), after, 2)
    assert list(part.items) in ([], [0, 1])
    assert part.after in ("", "2")


def test_a_list_that_just_fits_and_an_empty_one_have_no_next_part() -> None:
    assert cut(range(4), "2", 2).after == ""
    assert (list(cut([], "", 2).items), cut([], "", 2).after) == ([], "")
