"""Which member of a composition became which."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .nodes import Node, members

if TYPE_CHECKING:
    from .walk import SchemaWalk


def paired(
    walk: SchemaWalk, old: Node, new: Node, keyword: str
) -> tuple[list[tuple[int, int]], list[int], list[int]]:
    """Pairs of indexes, then the indexes that went, then those that came.

    Members that are the same come first, then those of the same reference or title, then, where as many are
    left on both sides, by their order.
    """
    before, after = members(old, keyword), members(new, keyword)
    if not before and not after:
        return [], [], []
    gone, come = list(range(len(before))), list(range(len(after)))
    pairs: list[tuple[int, int]] = []

    def take(match: Any) -> None:
        for index in list(gone):
            for other in list(come):
                if match(index, other):
                    pairs.append((index, other))
                    gone.remove(index)
                    come.remove(other)
                    break

    take(lambda one, other: walk.agreement.of_parts(old, before[one], new, after[other]))
    take(lambda one, other: _name(before[one]) is not None and _name(before[one]) == _name(after[other]))
    inline_gone = [index for index in gone if _name(before[index]) is None]
    inline_come = [index for index in come if _name(after[index]) is None]
    if len(inline_gone) == len(inline_come):
        for one, other in zip(inline_gone, inline_come, strict=True):
            pairs.append((one, other))
            gone.remove(one)
            come.remove(other)
    return pairs, gone, come


def _name(member: Any) -> str | None:
    if isinstance(member, dict):
        for key in ("$ref", "title"):
            if isinstance(member.get(key), str):
                return f"{key}:{member[key]}"
    return None
