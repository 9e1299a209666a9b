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
