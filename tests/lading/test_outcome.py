from __future__ import annotations

from lading.outcome import COULD_NOT_TELL, NO, YES, CouldNotTell


def test_the_three_ways_to_end_are_told_apart() -> None:
    assert (YES, NO, COULD_NOT_TELL) == (0, 1, 2)


def test_an_advice_comes_with_the_message() -> None:
    error = CouldNotTell("The registry is away.", "Start it.")
    assert (error.message, error.advice, str(error)) == (
        "The registry is away.",
        "Start it.",
        "The registry is away.",
    )
