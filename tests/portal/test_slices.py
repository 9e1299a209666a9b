"""Long lists a part at a time."""

from __future__ import annotations

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
