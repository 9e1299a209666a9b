"""The dates of a version as marks on a line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

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
