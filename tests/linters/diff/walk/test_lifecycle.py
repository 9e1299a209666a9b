from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from linters.diff.policy import BACKWARD
from linters.diff.walk import lifecycle
from tests.linters.diff.building import http

TODAY = replace(BACKWARD, today=date(2026, 1, 1), sunset_days={"stable": 30})


def operation(**more: object):
    return http(operation={**more}).operations[0]


@pytest.mark.parametrize(
    ("more", "action"),
    [
        ({}, "removed"),
        ({"deprecated": True}, "removed-deprecated"),
        ({"deprecated": True, "x-sunset": "2025-12-31"}, "removed-deprecated"),
        ({"deprecated": True, "x-sunset": "2026-12-31"}, "removed-early"),
        ({"deprecated": True, "x-sunset": "soon"}, "removed-unreadable"),
    ],
)
def test_removal_is_told_by_whether_it_was_announced(more: dict[str, object], action: str) -> None:
    assert lifecycle.removed(operation(**more), TODAY, whole_path=False).action == action


@pytest.mark.parametrize(
    ("old", "new", "actions"),
    [
        ({"deprecated": True}, {}, ["reactivated"]),
        ({}, {"deprecated": True}, ["sunset-missing"]),
        ({}, {"deprecated": True, "x-sunset": "2026-01-15"}, ["sunset-too-early"]),
        ({}, {"deprecated": True, "x-sunset": "2026-06-01"}, ["deprecated-with-sunset"]),
        ({}, {"deprecated": True, "x-sunset": "soon"}, ["sunset-unreadable"]),
        ({"deprecated": True, "x-sunset": "2026-06-01"}, {"deprecated": True}, ["sunset-deleted"]),
        ({"deprecated": True, "x-sunset": "2026-06-01"}, {"deprecated": True, "x-sunset": "2026-01-10"}, ["sunset-advanced"]),
        ({"deprecated": True, "x-sunset": "2026-06-01"}, {"deprecated": True, "x-sunset": "2026-05-01"}, []),
        ({}, {}, []),
    ],
)  # fmt: skip
def test_deprecation_and_sunset(old: dict[str, object], new: dict[str, object], actions: list[str]) -> None:
    found = lifecycle.operation(operation(**old), operation(**new), TODAY)
    assert [one.action for one in found] == actions


def test_without_a_notice_period_deprecation_needs_no_date() -> None:
    found = lifecycle.operation(operation(), operation(deprecated=True), BACKWARD)
    assert [one.action for one in found] == ["deprecated"]


@pytest.mark.parametrize(
    ("old", "new", "actions"),
    [
        ("beta", "stable", ["increased"]),
        ("stable", "alpha", ["decreased"]),
        ("stable", "odd", ["invalid"]),
        ("beta", "beta", []),
    ],
)
def test_stability(old: str, new: str, actions: list[str]) -> None:
    pair = [operation(**{"x-stability-level": level}) for level in (old, new)]
    assert [one.action for one in lifecycle.stability(*pair)] == actions


def test_what_promised_nothing_is_not_held_to_it() -> None:
    assert not lifecycle.is_compared(
        operation(**{"x-stability-level": "alpha"}), replace(BACKWARD, stability="beta")
    )
    assert lifecycle.is_compared(operation(), BACKWARD)
