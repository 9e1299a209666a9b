from __future__ import annotations

from dataclasses import replace

import pytest

from contracts.positions import NOWHERE, Position, Range
from linters.lint import Finding, Severity
from linters.suppression import Allowed, allowing, exceeded, loose
from linters.suppression.ratchet import marked


def finding(code: str, at: str = "", severity: Severity = Severity.WARN, line: int = 0) -> Finding:
    place = Range(Position(line, 0), Position(line, 1)) if line else NOWHERE
    return Finding(code, "m", (at,), severity, place, "a.yaml")


def test_a_mark_stays_where_lines_move() -> None:
    before, after = (marked([finding("a", "x", line=line)])["a"] for line in (3, 90))
    assert list(before) == list(after)
    assert len(marked([finding("a"), finding("a")])["a"]) == 2, "two that are alike are two"


@pytest.mark.parametrize(
    ("one", "held"),
    [
        (finding("a", severity=Severity.ERROR), True),
        (finding("a", severity=Severity.WARN), True),
        (finding("a", severity=Severity.INFO), False),
        (finding("a", severity=Severity.HINT), False),
        (finding("ignore-unused"), False),
    ],
)
def test_advice_and_what_is_said_of_entries_is_not_held(one: Finding, held: bool) -> None:
    assert bool(marked([one])) is held


def test_more_than_allowed_is_exceeded_and_the_new_ones_are_named() -> None:
    allowed = allowing([finding("a", "x"), finding("a", "y")])
    assert exceeded([finding("a", "x"), finding("a", "z")], allowed) == (), "it is the number that counts"
    (one,) = exceeded([finding("a", at) for at in "xyz"], allowed)
    assert (one.rule, one.allowed, one.found, [new.path for new in one.new]) == ("a", 2, 3, [("z",)])


def test_where_only_numbers_were_kept_all_are_named() -> None:
    (one,) = exceeded([finding("a", at) for at in "xyz"], {"a": Allowed(2)})
    assert len(one.new) == 3


def test_a_rule_that_is_not_allowed_at_all() -> None:
    assert [(one.rule, one.allowed) for one in exceeded([finding("b"), finding("a")], {})] == [
        ("a", 0),
        ("b", 0),
    ]


def test_what_may_be_lowered() -> None:
    allowed = {"a": Allowed(2), "b": Allowed(1), "c": Allowed(1)}
    assert loose([finding("a"), finding("c")], allowed) == {"a": (2, 1), "b": (1, 0)}


def test_what_is_told_once_of_many_counts_for_each() -> None:
    together = replace(finding("a"), stands_for=10)
    allowed = allowing([together])
    assert allowed["a"].count == 10
    nine = [finding("a", str(number)) for number in range(9)]
    assert exceeded(nine, allowed) == (), "mending one of ten is no step back"
    assert loose(nine, allowed) == {"a": (10, 9)}
    (one,) = exceeded([replace(together, stands_for=11)], allowed)
    assert (one.found, len(one.new)) == (11, 1)
