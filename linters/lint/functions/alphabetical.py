"""`alphabetical`: keys or items stand in order; items may be objects that are ordered by one of their keys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

from linters.lint.collation import key
from linters.lint.function import Check, Context, Function, Problem
from linters.lint.javascript import is_number, to_string
from linters.lint.printing import brief


def _prepare(options: Mapping[str, Any]) -> Check:
    keyed_by = options.get("keyedBy")

    def check(target: Any, context: Context) -> Iterable[Problem]:
        if isinstance(target, dict):
            return _unordered(list(target), list(target))
        if not isinstance(target, list) or len(target) < 2:
            return ()
        items = target if keyed_by is None else [_keyed(item, keyed_by) for item in target]
        if not all(isinstance(item, str) or is_number(item) for item in items):
            kinds = (
                "texts and numbers can be put"
                if keyed_by is None
                else f"items with a {keyed_by!r} can be put"
            )
            return (Problem(f"{context.subject}cannot be ordered: only {kinds} in order."),)
        found = _unordered(items, list(range(len(items))))
        return found if keyed_by is None else [Problem(problem.message) for problem in found]

    return check


def _keyed(item: Any, name: str) -> Any:
    return item.get(name) if isinstance(item, dict) else None


def _unordered(values: list[Any], places: list[Any]) -> Iterable[Problem]:
    """The first pair that stands the wrong way round."""
    for index, (first, second) in enumerate(pairwise(values)):
        if _after(first, second):
            return (Problem(f"{brief(first)} belongs behind {brief(second)}.", (places[index],)),)
    return ()


def _after(first: Any, second: Any) -> bool:
    """Whether the first belongs behind the second: numbers by size, text by alphabet."""
    if is_number(first) and is_number(second):
        return bool(first > second)
    return key(to_string(first)) > key(to_string(second))


FUNCTION = Function(
    "alphabetical",
    {
        "type": ["object", "null"],
        "properties": {"keyedBy": {"type": "string"}},
        "additionalProperties": False,
    },
    _prepare,
)
