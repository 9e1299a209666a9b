"""Text edits: pieces of a text that give way to others."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable
from dataclasses import dataclass


class CannotFix(Exception):
    """A fix that is not made; the message says why, as a clause: `it is written over several lines`."""


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Puts `text` in place of what stands from `start` to `end`, offsets in code points."""

    start: int
    end: int
    text: str


def edited(text: str, edits: Iterable[Edit]) -> str:
    """`text` with all edits made; they must not overlap."""
    pieces, at = [], 0
    for edit in sorted(edits):
        assert edit.start >= at, "edits overlap"
        pieces += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join([*pieces, text[at:]])


class Taken:
    """The places of a text where edits have been made already."""

    def __init__(self) -> None:
        self._edits: list[Edit] = []

    def meets(self, edits: Iterable[Edit]) -> bool:
        """Whether one of the edits overlaps or touches a place that is taken: their order would matter."""
        for edit in edits:
            index = bisect_left(self._edits, edit)
            for other in self._edits[max(0, index - 1) : index + 1]:
                if edit.start <= other.end and other.start <= edit.end:
                    return True
        return False

    def take(self, edits: Iterable[Edit]) -> None:
        for edit in edits:
            insort(self._edits, edit)
