"""`set`: members that the mapping at the finding lacks, or has with another simple value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from linters.fixes.action import Action, Located, Surroundings
from linters.fixes.changes import Add, Put
from linters.fixes.edits import CannotFix
from linters.lint import Finding


def _plan(finding: Finding, around: Surroundings, options: Mapping[str, Any]) -> Iterator[Located]:
    members: Mapping[str, Any] = options["members"]
    path = finding.path
    if path and path[-1] in members:
        path = path[:-1]
    mapping = around.value(finding, path)
    if not isinstance(mapping, dict):
        raise CannotFix("no mapping stands there")
    if isinstance(mapping.get("$ref"), str):
        raise CannotFix("a reference stands there")
    planned: list[Located] = []
    for key, value in members.items():
        if key not in mapping:
            planned.append((finding.source, Add(path, key, value, options.get("after"))))
        elif not options.get("keep") and mapping[key] != value:
            planned.append((finding.source, Put((*path, key), value)))
    if not planned:
        raise CannotFix("nothing is missing")
    yield from planned


ACTION = Action(
    {
        "type": "object",
        "properties": {
            "members": {"type": "object", "minProperties": 1},
            "after": {"type": "string"},
            "keep": {"type": "boolean"},
        },
        "required": ["members"],
        "additionalProperties": False,
    },
    _plan,
)
"""`after`: the member behind which new ones stand. `keep`: what is there already stays as it is."""
