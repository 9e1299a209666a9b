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
