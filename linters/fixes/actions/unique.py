"""`unique`: of items that are equal, the first stays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from linters.fixes.action import Action, Located, Surroundings
from linters.fixes.changes import Remove
from linters.fixes.edits import CannotFix
from linters.lint import Finding


def _plan(finding: Finding, around: Surroundings, _options: Mapping[str, Any]) -> Iterator[Located]:
    path = finding.path
    held = around.value(finding, path)
    for _ in range(2):
        if isinstance(held, list) or not path:
            break
        path = path[:-1]  # the finding is about one of the items, or a part of one
        held = around.value(finding, path)
    if not isinstance(held, list):
        raise CannotFix("no list stands there")
    seen: set[str] = set()
    repeated = []
    for index, item in enumerate(held):
        # Unlike ==, the representation tells 1 from true and 1.0.
        shown = repr(item)
        if shown in seen:
            repeated.append(index)
        seen.add(shown)
    if not repeated:
        raise CannotFix("no two items are equal")
    yield from ((finding.source, Remove((*path, index))) for index in repeated)


ACTION = Action({"type": "object", "additionalProperties": False}, _plan)
