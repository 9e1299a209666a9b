from __future__ import annotations

from linters.diff.proof.outcome import NOTHING
from linters.diff.reports import words
from linters.diff.verdicts import Comparison
from tests.linters.diff.test_verdicts import change


def test_summaries() -> None:
    assert words.summary(Comparison.of([], "backward")) == "Nothing changed"
    assert words.summary(Comparison.of([change()], "backward")) == "1 breaking change"
    assert (
        words.summary(Comparison.of([change(), change(verdict="safe")], "backward"))
        == "1 breaking, 1 safe changes"
    )


def test_lines_of_both_sides_or_of_the_one_that_there_is() -> None:
    assert words.lines(change()) == "line 3 → 4"
    assert words.lines(change(base=None)) == "new at line 4"
    assert words.lines(change(revision=None)) == "line 3 → gone"
    assert words.lines(change(base=None, revision=None)) == ""


def test_witnesses_say_who_takes_them() -> None:
    assert words.witness(change()) == 'the base takes {"id":1}, the revision refuses it'
    assert (
        words.witness(change(accepted_by="revision"))
        == 'the revision may hold {"id":1}, the base excludes it'
    )
    assert words.witness(change(witness=NOTHING)) is None
    long = words.witness(change(witness="x" * 5000))
    assert long is not None
    assert len(long) < 300


def test_groups_go_by_verdict_and_operation() -> None:
    comparison = Comparison.of(
        [change(), change(verdict="safe"), change(operation=None, message="Something else.")], "backward"
    )
    found = [
        (verdict, operation, len(changes))
        for verdict, operation, changes in words.groups(comparison, safe=False)
    ]
    assert found == [("breaking", "the contract", 1), ("breaking", "POST /orders", 1)]


def test_how_many_others() -> None:
    assert words.others(change(operations=("a",))) == ""
    assert words.others(change(operations=("a", "b", "c"))) == "also in 2 other operations"
