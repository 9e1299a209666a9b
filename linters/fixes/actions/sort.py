"""`sort`: the members or items at the finding stand in the order of their names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from linters.fixes.action import Action, Located, Surroundings
from linters.fixes.changes import Order
from linters.fixes.edits import CannotFix
from linters.lint import Finding
from linters.lint.collation import key as collated


def _plan(finding: Finding, around: Surroundings, options: Mapping[str, Any]) -> Iterator[Located]:
    path = finding.path
    by = options.get("by")
    held = around.value(finding, path)
    while path and not _sortable(held, by):
        path = path[:-1]  # the finding is about one of the items, or a part of one
        held = around.value(finding, path)
        if len(finding.path) - len(path) > 2:
            break
    if not _sortable(held, by):
        raise CannotFix("what stands there has no order")
    names = list(held) if isinstance(held, dict) else [item if by is None else item[by] for item in held]
    order = tuple(sorted(range(len(names)), key=lambda index: collated(names[index])))
    if order == tuple(range(len(names))):
        raise CannotFix("it stands in order")
    yield finding.source, Order(path, order)


def _sortable(held: Any, by: str | None) -> bool:
    if isinstance(held, dict):
        return by is None
    if not isinstance(held, list) or not held:
        return False
    names = held if by is None else [item.get(by) if isinstance(item, dict) else None for item in held]
    return all(isinstance(name, str) for name in names)


ACTION = Action(
    {"type": "object", "properties": {"by": {"type": "string"}}, "additionalProperties": False}, _plan
)
"""`by`: the member of each item that holds its name."""
