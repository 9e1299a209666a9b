"""Whether two conjunctions have no value in common, by what can be seen of them without algebra."""

from __future__ import annotations

from collections.abc import Callable

from .definitions import JsonSchema, dump
from .views import View, common_types

Apart = Callable[[tuple[JsonSchema, ...], tuple[JsonSchema, ...], int], bool]
"""Whether two conjunctions, one of each side, are apart; with how much deeper to look."""

DEPTH = 3


def views_are_apart(
    left: View, right: View, deeper: Apart, no_text: Callable[[View, View], bool], depth: int = DEPTH
) -> bool:
    """True where it is certain that nothing satisfies both views; `no_text` decides for texts."""
    types = common_types(left.types, right.types)
    if not types:
        return True
    if left.values is not None and right.values is not None:
        known = {dump(value) for value in left.values}
        return not any(dump(value) in known for value in right.values)
    if types == {"string"}:
        return no_text(left, right)
    if types != {"object"} or depth == 0:
        return False
    for one, other in ((left, right), (right, left)):
        if any(_forbids(other, name) for name in one.required):
            return True
    return any(
        deeper(left.property(name), right.property(name), depth - 1)
        for name in (left.required | right.required)
        if left.property(name) and right.property(name)
    )


def _forbids(view: View, name: str) -> bool:
    return False in view.property(name)
