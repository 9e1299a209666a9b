"""For the terminal: the gravest first, lines on both sides, witnesses as compact JSON."""

from __future__ import annotations

import textwrap
from collections.abc import Callable

from linters.diff.verdicts import Change, Comparison
from linters.reports.excerpts import printable

from . import words

_COLOURS = {"breaking": "31;1", "unknown": "33;1", "safe": "32", "dim": "2", "bold": "1"}


def render(
    comparison: Comparison, title: str = "", *, colour: bool = False, width: int = 100, safe: bool = True
) -> str:
    """The comparison as text, ending in a newline."""

    def paint(text: str, style: str) -> str:
        return f"\x1b[{_COLOURS[style]}m{text}\x1b[0m" if colour else text

    out = [paint(printable(title), "bold")] if title else []
    for verdict, operation, changes in words.groups(comparison, safe=safe):
        out += ["", f"{paint(verdict.upper(), verdict)}  {paint(printable(operation), 'bold')}"]
        for change in changes:
            out += _change(change, width, paint)
    hidden = comparison.counts["safe"] if not safe else 0
    more = f" ({hidden} safe not shown)" if hidden else ""
    style = comparison.verdict if comparison.verdict in _COLOURS else "bold"
    out += ["", f"{paint(words.summary(comparison), style)}{more}, by the policy {comparison.policy}."]
    return "\n".join(out).lstrip("\n") + "\n"


def _change(change: Change, width: int, colour: Callable[[str, str], str]) -> list[str]:
    head = f"  {change.id}"
    place = words.lines(change)
    gap = " " * max(2, width - len(head) - len(place))
    out = [head + colour(gap + place, "dim")]
    out += _wrapped(printable(change.message), width, "    ")
    if change.view is not None:
        out += _wrapped(change.view, width, "    ⇒ ")
    witness = words.witness(change)
    if witness is not None:
        out += _wrapped(printable(witness), width, "    ↳ ")
    elif change.reason and change.verdict != "safe":
        out += [colour(line, "dim") for line in _wrapped(printable(change.reason), width, "    ")]
    also = words.others(change)
    if also:
        out.append(colour(f"    {also}", "dim"))
    return out


def _wrapped(text: str, width: int, indent: str) -> list[str]:
    return textwrap.wrap(
        text, width, initial_indent=indent, subsequent_indent=" " * len(indent), break_on_hyphens=False
    )
