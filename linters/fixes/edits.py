"""Text edits: pieces of a text that give way to others."""

from __future__ import annotations

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


def meet(one: Iterable[Edit], others: Iterable[Edit]) -> bool:
    """Whether any two of them overlap or touch: their order would matter."""
    listed = list(others)
    return any(a.start <= b.end and b.start <= a.end for a in one for b in listed)
