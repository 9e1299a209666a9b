"""Small charts."""

from __future__ import annotations

import pytest

from portal.charts import spark


def test_a_line_says_in_words_what_it_draws() -> None:
    line = spark([1, 4, 2], "calls in 3 hours", width=106, height=26)
    assert line.text == "7 calls in 3 hours; at most 4 at a time, 2 at the end"
    assert line.points == "3.0,18.0 53.0,3.0 103.0,13.0"
    assert line.last == (103.0, 13.0)


def test_nothing_at_all_is_a_flat_line() -> None:
    assert spark([], "calls").text.startswith("0 calls")
    assert {point.partition(",")[2] for point in spark([0, 0, 0], "calls").points.split()} == {"25.0"}


@pytest.mark.parametrize("figures", [[7], [0], [10**12, 0, 3], list(range(500)), [1] * 3])
def test_every_point_lies_within_the_drawing(figures: list[int]) -> None:
    line = spark(figures, "calls")
    points = [tuple(map(float, point.split(","))) for point in line.points.split()]
    assert len(points) == len(figures)
    assert all(3 <= x <= line.width - 3 and 3 <= y <= line.height - 3 for x, y in points)
    assert points[-1] == line.last
