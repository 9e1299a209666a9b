"""Rules for people at a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from itertools import groupby

from linters.reports.excerpts import printable
from policies.rulesets import Rule

from .words import mended, specifications

_COLOURS = {"error": "1;31", "warn": "33", "info": "36", "hint": "2", "off": "2"}


def listed(rules: Sequence[Rule], *, colour: bool, width: int) -> Iterator[str]:
    """A line a rule, by area."""
    code = max(len(printable(rule.code)) for rule in rules)
    indent = " " * (code + 11)
    for area, group in groupby(rules, key=lambda rule: rule.area):
        yield _paint(colour, "1", printable(area))
        for rule in group:
            severity = _paint(colour, _COLOURS[rule.severity], rule.severity) + " " * (5 - len(rule.severity))
            description = printable(rule.description)
            first, *rest = textwrap.wrap(description, max(24, width - len(indent))) or [""]
            yield f"  {severity}  {printable(rule.code):<{code}}  {first}".rstrip()
            yield from (indent + line for line in rest)
        yield ""
    yield "lading explain RULE says more about one."


def one(rule: Rule, *, colour: bool, width: int) -> Iterator[str]:
    """All that a rule says; what it leaves out leaves no hole."""
    severity = _paint(colour, _COLOURS[rule.severity], rule.severity)
    yield f"{_paint(colour, '1', printable(rule.code))}  {severity}  {printable(rule.area)}"
    yield from textwrap.wrap(printable(rule.description), width)
    request = "" if rule.recommended else " Only on request."
    yield _paint(colour, "2", f"Looks at {printable(specifications(rule.formats))}.{request}")
    if rule.why:
        yield from ("", _paint(colour, "1", "Why"))
        yield from textwrap.wrap(printable(rule.why), width - 2, initial_indent="  ", subsequent_indent="  ")
    for title, mark, snippet in (("Good", "1;32", rule.good), ("Bad", "1;31", rule.bad)):
        if snippet:
            yield from ("", _paint(colour, mark, title))
            yield from ("  " + printable(line) for line in snippet.rstrip().split("\n"))
    if rule.fixes:
        yield from ("", _paint(colour, "1", "Fix"))
        for fix in rule.fixes:
            words = printable(mended(fix))
            yield from textwrap.wrap(words, width - 2, initial_indent="  ", subsequent_indent="  ")
    if rule.source:
        yield from ("", f"{_paint(colour, '1', 'Source')}  {printable(rule.source)}")


def _paint(colour: bool, code: str, text: str) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if colour else text
