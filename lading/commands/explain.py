"""Say why a rule exists, with a good and a bad example and where it comes from.

\b
  lading explain                              every rule of Lading's packs, by area
  lading explain auth-stated                  one of them
  lading explain naming                       the rules of an area
  lading explain spectral:oas                 the rules that a named ruleset runs
  lading explain my-rule --ruleset mine.yaml  a rule of yours, with the severity it has there
  lading explain naming --format markdown     for a wiki or a style guide
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from lading import settings
from lading.explaining import entries, markdown, text
from lading.linting.rules import find_ruleset
from lading.linting.trust import FUNCTIONS_OPTION, URLS_OPTION, Trust
from lading.output import in_colour, line_width
from linters.reports.excerpts import inert
from policies.rulesets import Rule


class Format(StrEnum):
    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"


def command(
    name: Annotated[
        str, typer.Argument(metavar="[RULE|AREA|RULESET]", help="A rule's code, an area, or a named ruleset.")
    ] = "",
    ruleset: Annotated[
        str, typer.Option("--ruleset", "-r", metavar="FILE|NAME", help="Where to look for it.")
    ] = "",
    format_: Annotated[Format, typer.Option("--format", "-f", help="How to say it.")] = Format.TEXT,
    functions: Annotated[
        list[Path] | None,
        typer.Option(
            FUNCTIONS_OPTION, metavar="DIR", help="Let the ruleset use the functions that lie there."
        ),
    ] = None,
    urls: Annotated[
        list[str] | None,
        typer.Option(URLS_OPTION, metavar="URL", help="Read rulesets at this address and below it."),
    ] = None,
) -> None:
    if ruleset:
        rules = find_ruleset(ruleset, Trust.of(settings.load(), functions or (), urls or ()))
        chosen = entries.named_in(name, rules, ruleset) if name else entries.of_ruleset(rules, ruleset)
    else:
        chosen = entries.named(name) if name else entries.everything()
    is_one = len(chosen) == 1 and chosen[0].code == name
    print(_written(chosen, format_, is_one=is_one))


def _written(rules: Sequence[Rule], format_: Format, *, is_one: bool) -> str:
    if format_ is Format.JSON:
        rows = [asdict(rule) for rule in rules]
        return json.dumps(rows[0] if is_one else rows, ensure_ascii=False, indent=1)
    if not rules:
        return "No rule of this ruleset runs."
    if format_ is Format.MARKDOWN:
        return markdown.one(rules[0]) if is_one else markdown.several(rules)
    colour, width = in_colour(), line_width(100)
    lines = (
        text.one(rules[0], colour=colour, width=width)
        if is_one
        else text.listed(rules, colour=colour, width=width)
    )
    return "\n".join(map(inert, lines))
