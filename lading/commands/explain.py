"""Say why a rule exists, with a good and a bad example and where it comes from.

\b
  lading explain                    every rule of Lading's packs, by area
  lading explain auth-stated        one of them
  lading explain naming             the rules of an area
  lading explain profile:zalando    the rules that a named ruleset adds
"""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from enum import StrEnum
from typing import Annotated

import typer

from lading.output import in_colour, line_width
from policies.rulesets import Rule, catalogue, documented, rule

_COLOURS = {"error": "1;31", "warn": "33", "info": "36", "hint": "2"}
_FORMATS = {
    "oas2": "OpenAPI 2.0",
    "oas3": "OpenAPI 3.x",
    "asyncapi2": "AsyncAPI 2.x",
    "aas3": "AsyncAPI 3.x",
}


class Format(StrEnum):
    TEXT = "text"
    JSON = "json"


def command(
    name: Annotated[str, typer.Argument(metavar="[RULE|AREA]", help="A rule's code, or an area.")] = "",
    format_: Annotated[Format, typer.Option("--format", "-f", help="How to say it.")] = Format.TEXT,
) -> None:
    of_area = [*catalogue().values()] if not name else [e for e in documented().values() if e.area == name]
    chosen = of_area or [rule(name)]
    if format_ is Format.JSON:
        rows = [asdict(entry) for entry in chosen]
        print(json.dumps(rows if of_area else rows[0], ensure_ascii=False, indent=1))
        return
    lines = _list(chosen, in_colour()) if of_area else _one(chosen[0], in_colour(), line_width(100))
    print("\n".join(lines))


def _list(rules: Iterable[Rule], colour: bool) -> Iterator[str]:
    area = ""
    for entry in rules:
        if entry.area != area:
            yield from ([""] if area else [])
            area = entry.area
            yield _paint(colour, "1", area)
        severity = _paint(colour, _COLOURS[entry.severity], f"{entry.severity:<5}")
        yield f"  {severity}  {entry.code:<36}  {entry.description}"
    yield ""
    yield "lading explain RULE says more about one."


def _one(entry: Rule, colour: bool, width: int) -> Iterator[str]:
    severity = _paint(colour, _COLOURS[entry.severity], entry.severity)
    formats = ", ".join(_FORMATS.get(name, name) for name in entry.formats)
    yield f"{_paint(colour, '1', entry.code)}  {severity}  {entry.area}"
    yield entry.description
    yield _paint(colour, "2", f"Looks at {formats}." + ("" if entry.recommended else " Only on request."))
    yield from ("", _paint(colour, "1", "Why"))
    yield from textwrap.wrap(entry.why, width - 2, initial_indent="  ", subsequent_indent="  ")
    yield from ("", _paint(colour, "1;32", "Good"), textwrap.indent(entry.good.rstrip(), "  "))
    yield from ("", _paint(colour, "1;31", "Bad"), textwrap.indent(entry.bad.rstrip(), "  "))
    yield from ("", f"{_paint(colour, '1', 'Source')}  {entry.source}")


def _paint(colour: bool, code: str, text: str) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if colour else text
