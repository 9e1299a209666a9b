"""Small charts: numbers in, coordinates and a sentence out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spark:
    """A line of figures over time; `text` says the same in words."""

    width: int
    height: int
    points: str
    last: tuple[float, float]
    text: str


def spark(figures: Sequence[int], what: str, *, width: int = 120, height: int = 28) -> Spark:
    """The line for figures in the order of time; `what` is what they count (`calls in the last 24 hours`)."""
    figures = figures or [0]
    most = max(*figures, 1) if len(figures) > 1 else max(figures[0], 1)
    step = (width - 6) / max(1, len(figures) - 1)
    places = [
        (round(3 + index * step, 1), round(height - 3 - (height - 6) * figure / most, 1))
        for index, figure in enumerate(figures)
    ]
    text = f"{sum(figures):,} {what}; at most {max(figures):,} at a time, {figures[-1]:,} at the end"
    return Spark(width, height, " ".join(f"{x},{y}" for x, y in places), places[-1], text)
