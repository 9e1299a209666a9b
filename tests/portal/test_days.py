"""Days that people choose in forms."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from portal.days import last_moment
from registry.domain.errors import Invalid


def test_a_day_lasts_until_its_end() -> None:
    assert last_moment("2026-12-31", "sunset") == datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC)
    assert last_moment("", "sunset") is None


def test_what_is_no_day_points_at_its_field() -> None:
    with pytest.raises(Invalid) as caught:
        last_moment("31.12.", "sunset")
    assert list(caught.value.details["fields"]) == ["sunset"]


@pytest.mark.parametrize(
    "text", ["2027-02-29", "2026-13-01", "0000-01-01", "2026-12-31T00:00", "\0", "x" * 5000, "<b>"]
)
def test_what_no_calendar_has_is_refused_in_few_words(text: str) -> None:
    with pytest.raises(Invalid) as caught:
        last_moment(text, "sunset")
    assert len(caught.value.message) < 80


def test_the_ends_of_the_calendar_are_days() -> None:
    for text in ("0001-01-01", "9999-12-31", "2028-02-29"):
        moment = last_moment(text, "sunset")
        assert moment is not None
        assert moment.date().isoformat() == text
