"""`rewrite`: the text at the finding becomes another one, or goes where a list has the other one already."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from linters.fixes import texts
from linters.fixes.action import Action, Located, Surroundings
from linters.fixes.changes import Put, Remove
from linters.fixes.edits import CannotFix
from linters.lint import Finding


def _plan(finding: Finding, around: Surroundings, options: Mapping[str, Any]) -> Iterator[Located]:
    old = around.value(finding, finding.path)
    if not isinstance(old, str):
        raise CannotFix("no text stands there")
    if options.get("untemplated") and old in around.mentions.variables:
        raise CannotFix(f"{old!r} is a variable of an address")
    if options.get("name") and around.mentions.is_said(old) > 1:
        raise CannotFix(f"{old!r} is written elsewhere too, and may mean this")
    new = texts.changed(old, options)
    beside = around.value(finding, finding.path[:-1]) if finding.path else None
    is_there = isinstance(beside, list) and new in beside
    yield finding.source, Remove(finding.path) if is_there else Put(finding.path, new)


ACTION = Action(
    {
        "type": "object",
        "properties": {**texts.OPTIONS, "name": {"type": "boolean"}, "untemplated": {"type": "boolean"}},
        "anyOf": [{"required": ["casing"]}, {"required": ["replace"]}],
        "additionalProperties": False,
    },
    _plan,
)
"""`name`: the text is a name that other places may use, so that it is left alone where it is written twice.
`untemplated`: nor is it changed where it stands in braces in an address."""
