from __future__ import annotations

from typing import Any

import pytest

from contracts.references import from_files
from linters.lint.function import Context, Problem
from linters.lint.functions.date_order import FUNCTION


def problems(target: Any) -> list[Problem]:
    context = Context((), target, from_files({"a.yaml": b"a: 1"}, "a.yaml"), frozenset())
    return list(FUNCTION.prepare({"earlier": "from", "later": "to"})(target, context) or ())


@pytest.mark.parametrize(
    ("start", "end", "in_order"),
    [
        ("2026-03-01", "2026-12-31", True),
        ("2026-03-01", "2026-03-01", False),
        ("2026-12-31", "2026-03-01", False),
        ("2026-03-01T00:00:00+02:00", "2026-03-01", True),
        ("2026-03-01T00:00:00-02:00", "2026-03-01", False),
        ("2026-03-01", "2026-03-01T00:00:01Z", True),
        ("soon", "2026-03-01", True),
        ("2026-03-01", None, True),
        (2026, "2020-01-01", True),
    ],
)
def test_order(start: Any, end: Any, in_order: bool) -> None:
    assert (problems({"from": start, "to": end}) == []) is in_order


def test_the_later_one_is_objected_to_and_both_are_told() -> None:
    (problem,) = problems({"from": "2026-03-01", "to": "2026-02-01"})
    assert problem.below == ("to",)
    assert problem.message == "`to` (2026-02-01) is not after `from` (2026-03-01)."


@pytest.mark.parametrize("target", [None, [], "x", {}])
def test_what_has_no_dates_is_left_alone(target: Any) -> None:
    assert problems(target) == []
