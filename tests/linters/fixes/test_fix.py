"""A fix does what it means and nothing else, or is not made."""

from __future__ import annotations

import pytest

from linters.fixes.changes import Add, Change, Put, Rename
from linters.fixes.edits import CannotFix
from linters.fixes.fix import Batch, Fix, carried_out, typeset
from linters.fixes.page import Page
from linters.fixes.recipes import Level

from .helpers import files, finding


def fix(text: str, *changes: Change) -> tuple[Fix, dict[str, bytes]]:
    documents = files(a=text)
    located = tuple(("a.yaml", change) for change in changes)
    made = Fix("Mend it", Level.SAFE, finding(), located, typeset(located, {"a.yaml": Page(documents.root)}))
    return made, carried_out(documents, [made])


def test_the_new_text_says_what_was_meant() -> None:
    _, contents = fix("a: 1 # why\nb: 2\n", Put(("a",), 3), Add((), "c", "x"))
    assert contents == {"a.yaml": b"a: 3 # why\nb: 2\nc: x\n"}


def test_a_byte_order_mark_stays() -> None:
    assert fix("\ufeffa: 1\n", Put(("a",), 3))[1] == {"a.yaml": "\ufeffa: 3\n".encode()}


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("a: &x {b: 1}\nc: *x\n", Put(("a", "b"), 2)),
        ("d: &x {b: 1}\na:\n  <<: *x\n  e: 2\n", Rename(("d", "b"), "z")),
    ],
)
def test_what_an_alias_repeats_is_not_changed_in_two_places(text: str, change: Change) -> None:
    with pytest.raises(CannotFix, match="alias"):
        fix(text, change)


def test_parts_that_are_written_over_each_other_make_no_fix() -> None:
    with pytest.raises(CannotFix, match="over each other"):
        fix("a: 1\n", Put(("a",), 2), Put(("a",), 3))


def test_a_batch_takes_what_does_not_meet() -> None:
    one, _ = fix("a: 1\nb: 2\n", Put(("a",), 2))
    other, _ = fix("a: 1\nb: 2\n", Put(("b",), 3))
    batch = Batch()
    assert [batch.add(one), batch.add(one), batch.add(other)] == [True, False, True]
    assert batch.fixes == [one, other]
