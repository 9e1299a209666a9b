from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.domain.errors import Invalid
from registry.domain.pages import bounded, cursor, read_cursor


@given(st.text(), st.integers(), st.floats(allow_nan=False))
def test_a_mark_reads_back_as_it_was(name: str, number: int, rank: float) -> None:
    assert read_cursor(cursor(name, number, rank), str, int, float) == (name, number, rank)


@given(st.text(min_size=1))
def test_what_is_no_mark_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        read_cursor(text + "!", str)


def test_a_mark_of_another_list_is_refused() -> None:
    for kinds in [(str,), (int, int), (bool,)]:
        with pytest.raises(Invalid):
            read_cursor(cursor(1), *kinds)


def test_the_start_has_no_mark_and_pages_are_bounded() -> None:
    assert read_cursor(None, int) is None
    assert [bounded(0), bounded(50), bounded(10_000)] == [1, 50, 200]
