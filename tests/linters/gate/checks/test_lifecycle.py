from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from linters.gate import Check, Lifecycle, Profile
from linters.gate.checks import lifecycle
from tests.linters.diff.building import events, http
from tests.linters.gate.asking import TODAY, request, weighed


def ending(days: int | None) -> dict[str, Any]:
    if days is None:
        return {}
    return {"deprecated": True, "x-sunset": (TODAY + timedelta(days=days)).isoformat()}


def moved(before: int | None, after: int | None, **facts: Any) -> Check:
    """A sunset that is given, moved or taken back; in days from today."""
    base, candidate = http(operation=ending(before)), http(operation=ending(after), version="1.1.0")
    return lifecycle.check(weighed(request(candidate, base, **facts)))


def removed(version: str, **facts: Any) -> Check:
    return lifecycle.check(weighed(request(http(path="/other", version=version), http(), **facts)))


def test_a_retired_line_takes_nothing_more() -> None:
    check = moved(None, None, lifecycle=Lifecycle("retired", replacement="erp/sales@1.0.0"))
    assert check.outcome == "fail"
    assert check.reason == "This line of versions is retired. Publish to erp/sales@1.0.0 instead."
    assert moved(None, None, lifecycle=Lifecycle("deprecated")).outcome == "pass"


def test_where_nothing_ends_no_day_is_needed() -> None:
    check = moved(None, None, today=None)
    assert (check.outcome, check.reason) == ("pass", "Nothing comes to an end.")
    assert lifecycle.check(weighed(request(events()))).outcome == "pass"


@pytest.mark.parametrize(
    ("before", "after", "outcome"),
    [
        (None, 90, "pass"),
        (None, 89, "fail"),
        (None, -1, "fail"),
        (200, 100, "pass"),
        (200, 30, "fail"),
        (10, 10, "pass"),
        (10, 20, "pass"),
        (10, None, "pass"),
    ],
)
def test_notice_periods_are_kept(before: int | None, after: int | None, outcome: str) -> None:
    check = moved(before, after)
    assert check.outcome == outcome
    if outcome == "fail":
        assert f"in {after} days; 90 are due" in check.reason
        assert check.details["operations"] == ["POST /orders"]


def test_the_profile_says_how_long_the_notice_is() -> None:
    candidate = http(operation=ending(100), version="1.1.0")
    assert lifecycle.check(weighed(request(candidate, http()), Profile(notice_days=180))).outcome == "fail"


def test_an_end_without_a_day_to_count_from_is_unchecked() -> None:
    assert moved(None, 200, today=None).outcome == "unchecked"
    assert removed("2.0.0", today=None).outcome == "unchecked"


def test_an_operation_does_not_vanish_within_its_major_line() -> None:
    check = removed("1.1.0")
    assert (check.outcome, check.reason) == ("fail", "POST /orders ends without notice; 90 days are due.")
    assert removed("2.0.0").outcome == "pass"
