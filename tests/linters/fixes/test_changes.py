"""What changes of a value come to."""

from __future__ import annotations

import pytest

from linters.fixes.changes import Add, Order, Put, Quote, Remove, Rename, applied
from linters.fixes.edits import CannotFix

VALUE = {"a": {"b": 1, "c": [1, 2, 3]}, "d": {"e": None}}


def test_changes_are_made_together_by_the_paths_as_they_were() -> None:
    changes = [
        Remove(("a", "c", 0)),
        Put(("a", "c", 2), "x"),
        Rename(("a", "b"), "z"),
        Add(("d",), "f", True),
    ]
    assert repr(applied(VALUE, changes)) == repr({"a": {"z": 1, "c": [2, "x"]}, "d": {"e": None, "f": True}})


def test_the_value_itself_stays_as_it_was_and_is_shared_where_nothing_changes() -> None:
    before = repr(VALUE)
    after = applied(VALUE, [Put(("a", "b"), 2)])
    assert repr(VALUE) == before
    assert after["d"] is VALUE["d"]


def test_a_member_is_added_behind_the_one_that_is_named() -> None:
    assert list(applied({"a": 1, "b": 2}, [Add((), "x", 0, "a")])) == ["a", "x", "b"]
    assert list(applied({"a": 1, "b": 2}, [Add((), "x", 0, "missing")])) == ["a", "b", "x"]


def test_a_name_that_is_taken_is_refused() -> None:
    with pytest.raises(CannotFix, match="taken"):
        applied({"a": 1, "b": 2}, [Rename(("a",), "b")])


def test_order_and_quotes() -> None:
    assert list(applied({"b": 1, "a": 2}, [Order((), (1, 0))])) == ["a", "b"]
    assert applied([3, 1], [Order((), (1, 0))]) == [1, 3]
    assert applied({"200": 1}, [Quote(("200",))]) == {"200": 1}
