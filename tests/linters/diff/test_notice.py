from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from linters.diff.notice import Notice, moved, read_date, removed
from linters.diff.policy import BACKWARD

TODAY = replace(BACKWARD, today=date(2026, 1, 1), sunset_days={"stable": 30})
EARLY, LATE = Notice(True, "2026-01-10"), Notice(True, "2026-06-01")
UNREADABLE, UNDATED, USED = Notice(True, "soon"), Notice(True), Notice(False)


@pytest.mark.parametrize(
    ("written", "expected"),
    [("2026-01-02", date(2026, 1, 2)), ("2026-01-02T00:00:00Z", date(2026, 1, 2)), ("soon", None), (5, None)],
)
def test_dates(written: object, expected: date | None) -> None:
    assert read_date(written) == expected


def test_a_notice_is_read_from_the_object_that_states_it() -> None:
    assert Notice.of(True, {"x-sunset": "2026-06-01"}) == LATE
    assert Notice.of(True, True) == UNDATED


@pytest.mark.parametrize(
    ("base", "revision", "action"),
    [
        (USED, USED, None),
        (LATE, USED, "reactivated"),
        (USED, UNDATED, "sunset-missing"),
        (USED, UNREADABLE, "sunset-unreadable"),
        (USED, EARLY, "sunset-too-early"),
        (USED, LATE, "deprecated-with-sunset"),
        (LATE, UNREADABLE, "sunset-became-unreadable"),
        (UNREADABLE, UNREADABLE, None),
        (UNREADABLE, LATE, "sunset-became-readable"),
        (LATE, UNDATED, "sunset-deleted"),
        (UNDATED, LATE, None),
        (LATE, EARLY, "sunset-advanced"),
        (LATE, Notice(True, "2026-05-01"), None),
    ],
)
def test_what_moved(base: Notice, revision: Notice, action: str | None) -> None:
    assert moved(base, revision, TODAY, "stable") == action


def test_without_a_notice_period_deprecation_needs_no_date() -> None:
    assert moved(USED, UNDATED, TODAY, "beta") == "deprecated"


@pytest.mark.parametrize(
    ("notice", "action"),
    [
        (USED, "removed"),
        (UNDATED, "removed-deprecated"),
        (LATE, "removed-early"),
        (Notice(True, "2025-12-31"), "removed-deprecated"),
        (UNREADABLE, "removed-unreadable"),
    ],
)
def test_a_removal_is_told_by_its_announcement(notice: Notice, action: str) -> None:
    assert removed(notice, TODAY) == action
