"""Dates as people say them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from portal import times

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("delta", "words"),
    [
        (timedelta(seconds=-5), "just now"),
        (timedelta(seconds=20), "in a moment"),
        (timedelta(minutes=-1), "1 minute ago"),
        (timedelta(hours=-3), "3 hours ago"),
        (timedelta(days=9), "in 9 days"),
        (timedelta(days=-21), "3 weeks ago"),
        (timedelta(days=-90), "3 months ago"),
        (timedelta(days=-1000), "2024-02-27"),
    ],
)
def test_distances(delta: timedelta, words: str) -> None:
    assert times.relative(NOW + delta, NOW) == words


def test_an_element_has_both_forms_in_utc() -> None:
    berlin = NOW.astimezone(timezone(timedelta(hours=1)))
    html = str(times.element(berlin, NOW))
    assert 'datetime="2026-11-23T12:00:00+00:00"' in html
    assert 'title="2026-11-23 12:00 UTC"' in html
    assert ">just now<" in html
    assert "data-relative" not in str(times.element(NOW, NOW, day=True)), (
        "a day is not counted down by the script"
    )
    assert "–" in str(times.element(None, NOW))


def test_times_without_a_zone_are_utc() -> None:
    assert times.absolute(datetime(2026, 1, 2, 3, 4)) == "2026-01-02 03:04 UTC"
    assert times.days(NOW + timedelta(days=2), NOW) == 2


@pytest.mark.parametrize(
    ("delta", "words"),
    [
        (timedelta(0), "just now"),
        (timedelta(seconds=44), "in a moment"),
        (timedelta(seconds=45), "in 45 seconds"),
        (timedelta(days=-13), "13 days ago"),
        (timedelta(days=-14), "2 weeks ago"),
        (timedelta(days=60), "in 2 months"),
        (timedelta(days=730), "2028-11-22"),
    ],
)
def test_distances_at_their_bounds(delta: timedelta, words: str) -> None:
    assert times.relative(NOW + delta, NOW) == words


def test_the_same_moment_is_the_same_in_every_zone() -> None:
    for hours in (-12, -5, 0, 9, 14):
        moment = NOW.astimezone(timezone(timedelta(hours=hours)))
        assert times.absolute(moment) == "2026-11-23 12:00 UTC"
        assert times.relative(moment + timedelta(hours=5), NOW) == "in 5 hours"
        assert times.days(moment, NOW) == 0


def test_days_are_counted_by_the_calendar_of_utc() -> None:
    midnight = datetime(2026, 11, 24, tzinfo=UTC)
    assert times.days(midnight, midnight - timedelta(seconds=1)) == 1
    assert times.days(datetime(2026, 11, 24, 1, tzinfo=timezone(timedelta(hours=2))), NOW) == 0
    assert times.days(midnight - timedelta(days=400), midnight) == -400
