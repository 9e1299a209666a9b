"""The dates of a version as marks on a line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

from portal.milestones import countdown, marks

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Dates:
    state: str
    published_at: datetime | None = None
    deprecated_at: datetime | None = None
    sunset_at: datetime | None = None


def test_a_draft_has_one_mark() -> None:
    assert [mark.word for mark in marks(Dates("draft"), NOW)] == ["Draft"]


def test_what_has_passed_is_told_from_what_comes() -> None:
    dates = Dates("deprecated", NOW - timedelta(90), NOW - timedelta(30), NOW + timedelta(47))
    shown = marks(dates, NOW)
    assert [(mark.word, mark.past, mark.now, mark.countdown) for mark in shown] == [
        ("Published", True, False, ""),
        ("Deprecated", True, True, ""),
        ("Sunset", False, False, "in 47 days"),
    ]


def test_the_day_of_retirement_takes_the_place_of_the_sunset() -> None:
    dates = Dates("retired", NOW - timedelta(90), NOW - timedelta(30), NOW - timedelta(2))
    assert [mark.word for mark in marks(dates, NOW, NOW - timedelta(1))] == [
        "Published",
        "Deprecated",
        "Retired",
    ]


def test_days_are_counted_as_people_do() -> None:
    assert countdown(NOW + timedelta(hours=3), NOW) == "today"
    assert countdown(NOW + timedelta(days=1), NOW) == "in 1 day"
    assert countdown(NOW - timedelta(days=2), NOW) == "2 days ago"


def test_days_are_those_of_utc_wherever_a_moment_was_written() -> None:
    late = datetime(2026, 11, 23, 23, 30, tzinfo=timezone(timedelta(hours=-5)))
    assert countdown(late, NOW) == "in 1 day"
    early = datetime(2026, 11, 23, 1, tzinfo=timezone(timedelta(hours=9)))
    assert countdown(early, NOW) == "1 day ago"


def test_a_date_counts_as_passed_from_its_very_moment() -> None:
    dates = Dates("deprecated", NOW - timedelta(2), NOW - timedelta(1), NOW)
    assert [(mark.word, mark.now) for mark in marks(dates, NOW)][-1] == ("Sunset", True)
    before = marks(dates, NOW - timedelta(seconds=1))[-1]
    assert (before.past, before.countdown) == (False, "today")


def test_dates_that_nobody_announced_are_left_out_and_the_first_is_always_the_latest_known() -> None:
    (only,) = marks(Dates("published", NOW + timedelta(hours=1)), NOW)
    assert (only.word, only.past, only.now) == ("Published", True, True)


def test_long_distances_are_grouped() -> None:
    assert countdown(NOW + timedelta(days=1500), NOW) == "in 1,500 days"
