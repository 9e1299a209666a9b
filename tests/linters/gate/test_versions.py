from __future__ import annotations

import pytest

from linters.gate import Bump, Number, bump_of, suggest
from linters.gate.versions import is_date

from .asking import change, comparison


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("1.2.3", (1, 2, 3)),
        (" v1.2 ", (1, 2, 0)),
        ("2", (2, 0, 0)),
        ("1.2.3-rc.1+build.7", (1, 2, 3)),
        ("2025-07-31", None),
        ("2025-07-31.1", None),
        ("next", None),
        ("1.2.3.4", None),
        ("", None),
        ("9" * 5000, None),
        ("١.٢.٣", None),
    ],
)
def test_numbers_are_told_from_everything_else(text: str, parts: tuple[int, ...] | None) -> None:
    number = Number.read(text)
    assert (None if number is None else (number.major, number.minor, number.patch)) == parts


@pytest.mark.parametrize(
    ("old", "new", "bump"),
    [
        ("1.2.3", "2.0.0", Bump.MAJOR),
        ("1.2.3", "1.3.0", Bump.MINOR),
        ("1.2.3", "1.2.4", Bump.PATCH),
        ("1.2.3", "1.2.3", Bump.NONE),
        ("1.2.3", "1.1.9", Bump.NONE),
        ("1.2.3", "1.2.3+other", Bump.NONE),
        ("0.3.0", "0.4.0", Bump.MAJOR),
        ("0.3.0", "0.3.1", Bump.PATCH),
        ("1.0.0-rc.1", "1.0.0", Bump.PATCH),
        ("1.0.0", "1.0.0-rc.1", Bump.NONE),
        ("1.0.0-rc.9", "1.0.0-rc.10", Bump.PATCH),
        ("1.0.0-rc.10", "1.0.0-rc.9", Bump.NONE),
        ("1.0.0-1", "1.0.0-alpha", Bump.PATCH),
        ("1.0.0-alpha", "1.0.0-alpha.1", Bump.PATCH),
    ],
)
def test_how_far_a_version_moves(old: str, new: str, bump: Bump) -> None:
    before, after = Number.read(old), Number.read(new)
    assert before is not None
    assert after is not None
    assert before.bump_to(after) is bump


def test_a_change_asks_for_what_it_promises() -> None:
    assert bump_of(comparison()) is Bump.PATCH
    assert bump_of(comparison(change("safe", identifier="api-tag-added"))) is Bump.PATCH
    assert bump_of(comparison(change("safe", identifier="endpoint-added"))) is Bump.MINOR
    assert bump_of(comparison(change("unknown"))) is Bump.MAJOR
    assert bump_of(comparison(change("safe"), change("breaking"))) is Bump.MAJOR


@pytest.mark.parametrize(
    ("base", "bump", "taken", "suggested"),
    [
        ("1.2.3", Bump.MAJOR, (), "2.0.0"),
        ("v1.2", Bump.MINOR, (), "v1.3.0"),
        ("0.4.1", Bump.MAJOR, (), "0.5.0"),
        ("1.2.3", Bump.PATCH, ("1.2.4", "1.2.5"), "1.2.6"),
        ("1.2.0-rc.1", Bump.PATCH, (), "1.2.0"),
        ("1.2.0", Bump.NONE, (), "1.2.0"),
        ("2025-07-31", Bump.MAJOR, (), None),
    ],
)
def test_the_number_to_use_next(base: str, bump: Bump, taken: tuple[str, ...], suggested: str | None) -> None:
    assert suggest(base, bump, taken) == suggested


def test_dates() -> None:
    assert is_date(" 2025-07-31 ")
    assert is_date("2025-07-31-preview")
    assert not is_date("1.0.0")
