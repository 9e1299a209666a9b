from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.domain import numbers
from registry.domain.errors import Invalid

PINS = [
    ("1.4", "1.4", ["1.4.0", "1.4.12"], ["1.4.0-rc.1", "1.40.0", "2.1.4", "2026-01-04"]),
    ("1.4.x", "1.4", ["1.4.0"], ["1.3.9"]),
    ("1.4.2", "1.4.2", ["1.4.2"], ["1.4.20", "1.4.3"]),
    ("2026-07-31", "2026-07-31", ["2026-07-31"], ["2026-07-31.2"]),
]


@pytest.mark.parametrize(("text", "kept", "meant", "others"), PINS)
def test_pins(text: str, kept: str, meant: list[str], others: list[str]) -> None:
    assert numbers.pin(text) == kept
    assert all(numbers.pinned(kept, each) for each in meant)
    assert not any(numbers.pinned(kept, each) for each in others)


@pytest.mark.parametrize("text", ["1", "1.x", "v1.4", "1.4.", "01.4", "newest", ""])
def test_what_is_no_pin(text: str) -> None:
    with pytest.raises(Invalid):
        numbers.pin(text)


# SemVer 2.0.0 §11, in the order that it gives.
ASCENDING = [
    "0.9.9",
    "1.0.0-alpha",
    "1.0.0-alpha.1",
    "1.0.0-alpha.beta",
    "1.0.0-beta",
    "1.0.0-beta.2",
    "1.0.0-beta.11",
    "1.0.0-rc.1",
    "1.0.0",
    "1.0.1",
    "1.2.0",
    "1.10.0",
    "2.0.0",
    "10.0.0",
]


def test_versions_are_ordered_as_semver_says() -> None:
    for lower, higher in itertools.pairwise(ASCENDING):
        assert numbers.parse(lower).position < numbers.parse(higher).position


def test_build_metadata_does_not_order() -> None:
    assert numbers.parse("1.0.0+a").position == numbers.parse("1.0.0+b").position


def test_dates_are_ordered_by_day_and_count() -> None:
    days = ["2025-12-31", "2026-01-01", "2026-01-01.2", "2026-01-01.10", "2026-02-01"]
    positions = [numbers.parse(day).position for day in days]
    assert positions == sorted(positions)
    assert numbers.parse("2026-01-01").major == 0


@pytest.mark.parametrize(
    "text",
    ["", "1", "1.2", "01.0.0", "1.0.0-", "1.0.0-01", "2026-02-30", "v1.0.0", "1.0.0\n", "١.0.0", "x" * 90],
)
def test_what_is_no_version(text: str) -> None:
    with pytest.raises(Invalid):
        numbers.parse(text)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("1", "1.0.0"),
        ("v2", "2.0.0"),
        ("2.2", "2.2.0"),
        ("V3.1-beta", "3.1.0-beta"),
        ("1.0.0", "1.0.0"),
        ("01.2", "1.2.0"),
        ("latest", None),
        ("", None),
        ("1.2.3.4", None),
    ],
)
def test_what_publishers_write(written: str, meant: str | None) -> None:
    made = numbers.lenient(written)
    assert (made.text if made else None) == meant


@given(st.text(max_size=100))
def test_any_text_is_answered(text: str) -> None:
    made = numbers.lenient(text)
    assert made is None or numbers.parse(made.text) == made
