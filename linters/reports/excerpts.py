"""Excerpts: the line that a finding is about, with a mark under what is meant.

Documents are other people's text: control characters in them never reach a terminal.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from contracts.positions import Range

_COMMAND = re.compile(r"##(?=\[|teamcity\[)|^(\s*):(?=:)")
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """`text` is at most `width` characters; `start` and `length` say what to mark in it."""

    text: str
    start: int
    length: int


def printable(text: str) -> str:
    """The text on one line and without control or direction-changing characters."""
    return _CONTROL.sub("�", text.replace("\r\n", " ").replace("\n", " ").replace("\t", " "))


def inert(line: str) -> str:
    """A line that no CI system takes for a command: `::error::` at its start, `##[` and `##teamcity[` anywhere."""
    return _COMMAND.sub(lambda match: "# #" if match[1] is None else f"{match[1]}: ", line)


def cells(text: str) -> int:
    """How many columns of a terminal a text takes: wide characters two, those that combine none."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(one) else 2 if unicodedata.east_asian_width(one) in "WF" else 1
        for one in text
    )


def excerpt(line: str, place: Range, width: int) -> Excerpt | None:
    """The part of a line to show for a range that starts in it; None for a blank line.

    The range of a mapping starts behind its key, where there is often nothing to see: then the whole line is
    marked.
    """
    start = _code_points(line, place.start.character)
    end = _code_points(line, place.end.character) if place.end.line == place.start.line else len(line)
    if not line[start:end].strip(" \t:"):
        start, end = 0, len(line)
    start += len(line[start:end]) - len(line[start:end].lstrip(" \t:"))
    end = start + len(line[start:end].rstrip())
    if start >= end:
        return None
    return _window(line, start, end, width)


def _window(line: str, start: int, end: int, width: int) -> Excerpt:
    """Minified documents are one line of megabytes: only what surrounds the place is shown."""
    left = 0 if end <= width else max(0, start - width // 4)
    text = printable(line[left : left + width])
    start, end = start - left, min(end - left, len(text))
    if left:
        text = "…" + text[1:]
    if left + width < len(line):
        text = text[:-1] + "…"
    return Excerpt(text, start, max(1, end - start))


def _code_points(line: str, units: int) -> int:
    """A column in UTF-16 code units as an index into the line."""
    if line.isascii():
        return min(units, len(line))
    for index, character in enumerate(line):
        if units <= 0:
            return index
        units -= 2 if character > "\uffff" else 1
    return len(line)
