from __future__ import annotations

from datetime import date

import pytest

from linters.gate.calendars import Calendar


@pytest.mark.parametrize(
    "text", ["2026-01-14", "2026-01-14.2", "2026-01", "20260114", "2026.01", "2026.1.3", "2026-01-14-preview"]
)
def test_dates(text: str) -> None:
    found = Calendar.read(text)
    assert found is not None
    assert (found.year, found.month) == (2026, 1)


@pytest.mark.parametrize(
    "text",
    ["1.4", "1.4.0", "2026", "2026.13", "2026-00-10", "3000.1", "2026-01-32", "٢٠٢٦-01", "", "2026-1-4"],
)
def test_what_is_no_date(text: str) -> None:
    assert Calendar.read(text) is None


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("2026-01-14", "2026-01-15"),
        ("2026-01-14", "2026-01-14.1"),
        ("2026-01-14.9", "2026-01-14.10"),
        ("2026-01-14-preview", "2026-01-14"),
        ("2026.9", "2026.10"),
        ("2026.1.9", "2026.1.10"),
        ("2025.12.1", "2026.1.0"),
    ],
)
def test_they_are_ordered_by_what_they_count(earlier: str, later: str) -> None:
    first, second = Calendar.read(earlier), Calendar.read(later)
    assert first is not None
    assert second is not None
    assert first.precedence < second.precedence


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-01-14", "2026-03-02"),
        ("20260114", "20260302"),
        ("2026-01", "2026-03"),
        ("2026.01", "2026.03"),
        ("2026.1.7", "2026.3.0"),
        ("2026-03-02", "2026-03-02.1"),
        ("2026-03-02.1", "2026-03-02.2"),
        ("2026.3.7", "2026.3.8"),
        ("2026-03-02-preview", "2026-03-02"),
        ("2027-01-01", "2027-01-01.1"),
    ],
)
def test_the_next_is_of_the_day_and_later(text: str, expected: str) -> None:
    found = Calendar.read(text)
    assert found is not None
    assert found.next(date(2026, 3, 2)) == expected
    following = Calendar.read(expected)
    assert following is not None
    assert following.precedence > found.precedence
