from __future__ import annotations

from datetime import date

import pytest

from linters.diff import compare
from linters.gate.versions import Bump, Number, bump_of, is_date, is_earlier, misstep, suggest
from tests.linters.diff.building import http

from .building import breaking, safe


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.2.3", (1, 2, 3)),
        ("v1", (1, 0, 0)),
        ("2.1", (2, 1, 0)),
        ("1.0.0-beta.1", (1, 0, 0)),
        ("1.0.0+b5", (1, 0, 0)),
    ],
)
def test_numbers(text: str, expected: tuple[int, int, int]) -> None:
    number = Number.read(text)
    assert number is not None
    assert (number.major, number.minor, number.patch) == expected


@pytest.mark.parametrize("text", ["2026-01-14", "latest", "", "1.x", "2026-01-14.2"])
def test_what_is_no_number(text: str) -> None:
    assert Number.read(text) is None
    assert is_date(text) == text.startswith("2026")


@pytest.mark.parametrize(
    ("old", "new", "bump"),
    [
        ("1.0.0", "2.0.0", Bump.MAJOR),
        ("1.0.0", "1.1.0", Bump.MINOR),
        ("1.0.0", "1.0.1", Bump.PATCH),
        ("1.0.0", "1.0.0", Bump.NONE),
        ("1.1.0", "1.0.9", Bump.NONE),
        ("0.1.0", "0.2.0", Bump.MAJOR),
        ("1.0.0-beta", "1.0.0", Bump.PATCH),
        ("v1", "v2", Bump.MAJOR),
    ],
)
def test_how_far_it_is(old: str, new: str, bump: Bump) -> None:
    numbers = Number.read(old), Number.read(new)
    assert numbers[0] is not None
    assert numbers[1] is not None
    assert numbers[0].bump_to(numbers[1]) is bump


@pytest.mark.parametrize(
    ("base", "bump", "taken", "expected"),
    [
        ("1.2.3", Bump.MAJOR, (), "2.0.0"),
        ("1.2.3", Bump.MINOR, (), "1.3.0"),
        ("1.2.3", Bump.PATCH, ("1.2.4",), "1.2.5"),
        ("0.3.1", Bump.MAJOR, (), "0.4.0"),
        ("v1", Bump.MAJOR, (), "v2.0.0"),
        ("2026-01-01", Bump.MAJOR, (), None),
        ("0.3.1", Bump.MINOR, (), "0.3.2"),
        ("2.0.0-rc.1", Bump.MAJOR, (), "2.0.0-rc.2"),
        ("2.0.0-rc.1", Bump.PATCH, ("2.0.0-rc.2",), "2.0.0-rc.3"),
        ("2.0.0-beta", Bump.MINOR, (), "2.0.0-beta.1"),
        ("latest", Bump.MINOR, (), None),
    ],
)
def test_suggestions(base: str, bump: Bump, taken: tuple[str, ...], expected: str | None) -> None:
    assert suggest(base, bump, taken) == expected


def test_what_a_change_asks_for() -> None:
    assert bump_of(compare(*breaking())) is Bump.MAJOR
    assert bump_of(compare(*safe())) is Bump.MINOR
    assert bump_of(compare(http(), http())) is Bump.PATCH
    assert bump_of(compare(http(), http(operation={"tags": ["a"]}))) is Bump.PATCH
    assert str(Bump.MAJOR) == "major"


@pytest.mark.parametrize(
    ("old", "new", "bump"),
    [
        ("1.0.0-rc.9", "1.0.0-rc.10", Bump.PATCH),
        ("1.0.0-rc.10", "1.0.0-rc.9", Bump.NONE),
        ("1.0.0-1", "1.0.0-alpha", Bump.PATCH),
        ("1.0.0-alpha", "1.0.0-alpha.1", Bump.PATCH),
        ("1.0.0", "1.0.0-rc.1", Bump.NONE),
    ],
)
def test_pre_releases_come_in_the_order_of_semver(old: str, new: str, bump: Bump) -> None:
    before, after = Number.read(old), Number.read(new)
    assert before is not None
    assert after is not None
    assert before.bump_to(after) is bump


@pytest.mark.parametrize("text", ["9" * 5000, "١.٢.٣"])
def test_digits_that_no_version_has_are_no_number(text: str) -> None:
    assert Number.read(text) is None


@pytest.mark.parametrize(
    ("old", "new", "room"),
    [
        ("1.0.0", "1.1.0", Bump.MINOR),
        ("0.3.1", "0.3.2", Bump.MINOR),
        ("0.3.1", "0.4.0", Bump.MAJOR),
        ("2.0.0-rc.1", "2.0.0-rc.2", Bump.MAJOR),
        ("1.5.0-rc.1", "1.5.0-rc.2", Bump.MAJOR),
        ("1.5.0-rc.1", "1.5.0-beta.2", Bump.NONE),
        ("2.0.0-rc.1", "2.0.0", Bump.MAJOR),
        ("1.5.0-rc.1", "1.5.0", Bump.MINOR),
        ("1.5.1-rc.1", "1.5.1", Bump.PATCH),
        ("0.5.0-rc.1", "0.5.0", Bump.MAJOR),
        ("1.5.0-rc.1", "1.6.0-rc.1", Bump.MINOR),
        ("1.5.0", "1.6.0-rc.1", Bump.MINOR),
    ],
)
def test_what_a_step_may_bring(old: str, new: str, room: Bump) -> None:
    before, after = Number.read(old), Number.read(new)
    assert before is not None
    assert after is not None
    assert before.room_to(after) is room


@pytest.mark.parametrize(
    ("old", "new", "needed", "identifier"),
    [
        ("1.0.0", "1.0.0", Bump.PATCH, "api-version-not-bumped"),
        ("2026-01-01", "2026-01-01", Bump.PATCH, "api-version-not-bumped"),
        ("1.1.0", "1.0.0", Bump.PATCH, "api-version-decreased"),
        ("2026-02-01", "2026-01-01", Bump.PATCH, "api-version-decreased"),
        ("1.1.0", "1.2.0", Bump.MAJOR, "api-major-version-not-bumped"),
        ("0.1.0", "0.1.1", Bump.MAJOR, "api-major-version-not-bumped"),
        ("0.1.0", "0.2.0", Bump.MAJOR, None),
        ("2.0.0-rc.1", "2.0.0-rc.2", Bump.MAJOR, None),
        ("1.5.0-rc.1", "1.5.0", Bump.MAJOR, "api-major-version-not-bumped"),
        ("latest", "newest", Bump.MAJOR, None),
    ],
)
def test_missteps(old: str, new: str, needed: Bump, identifier: str | None) -> None:
    assert misstep(old, new, needed) == identifier


def test_dates_are_suggested_of_the_day() -> None:
    assert suggest("2026-01-01", Bump.MAJOR, (), date(2026, 3, 2)) == "2026-03-02"
    assert suggest("2026-01-01", Bump.MAJOR, ("2026-03-02",), date(2026, 3, 2)) == "2026-03-02.1"


def test_versions_of_two_kinds_have_no_order() -> None:
    assert not is_earlier("1.0.0", "2026-01-01")
    assert not is_earlier("2026-01-01", "1.0.0")
