"""Filters of a list, as they stand in its address."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Option:
    """`count` is how many it would leave, None where nobody counted."""

    value: str
    word: str
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """One filter: the parameter's name, its word, what can be chosen and what is."""

    name: str
    word: str
    options: tuple[Option, ...]
    chosen: str = ""

    @property
    def chosen_word(self) -> str:
        """What the chosen value is called; the value itself where the list does not hold it."""
        return next((option.word for option in self.options if option.value == self.chosen), self.chosen)


def group(name: str, word: str, values: Iterable[str | tuple[str, str]], chosen: str) -> Group:
    """A filter from values, or from pairs of a value and its word."""
    options = (Option(value, value) if isinstance(value, str) else Option(*value) for value in values)
    return Group(name, word, tuple(options), chosen)
