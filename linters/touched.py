"""What a change touched: two versions of a document compared node by node, so that its layout does not matter."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

from contracts.pointers import Path


class Touched:
    """The nodes of `revision` against those of `base`.

    A node is touched if it was not there, if it is another scalar, or if it is a container that gained, lost or
    changed a key, an item or a scalar directly in it. What changed further below touches what is there alone.
    Items of a list are paired by what they hold, so that one put in front touches only itself and the list.
    """

    def __init__(self, base: Any, revision: Any) -> None:
        self.base = base
        self.revision = revision
        self._pairs: dict[tuple[int, int], list[int | None]] = {}

    def counterpart(self, path: Path) -> Path | None:
        """Where the node at `path` of the revision is in the base; None where it is new."""
        return self._walk(path)[0]

    def is_touched(self, path: Path) -> bool:
        before, old, new = self._walk(path)
        return before is None or not self._alike(old, new)

    def _walk(self, path: Path) -> tuple[Path | None, Any, Any]:
        old, new = self.base, self.revision
        before: list[str | int] = []
        for part in path:
            if isinstance(new, dict) and isinstance(old, dict) and part in new and part in old:
                old, new = old[part], new[part]
                before.append(part)
                continue
            if not isinstance(new, list) or not isinstance(old, list):
                return None, None, None
            index = int(part) if isinstance(part, int) or part.isdecimal() else -1
            at = self._paired(old, new)[index] if 0 <= index < len(new) else None
            if at is None:
                return None, None, None
            old, new = old[at], new[index]
            before.append(at)
        return tuple(before), old, new

    def _alike(self, old: Any, new: Any) -> bool:
        """Whether two nodes are the same, what lies in their containers aside."""
        if isinstance(old, dict) and isinstance(new, dict):
            return old.keys() == new.keys() and all(_same(old[key], new[key]) for key in new)
        if isinstance(old, list) and isinstance(new, list):
            paired = self._paired(old, new)
            return len(old) == len(new) and all(
                at is not None and _same(old[at], one) for at, one in zip(paired, new, strict=True)
            )
        return _same(old, new) and not isinstance(old, dict | list)

    def _paired(self, old: list[Any], new: list[Any]) -> list[int | None]:
        """For each item of `new` the index of its counterpart: an equal one, or else the next that is left over."""
        known = self._pairs.get((id(old), id(new)))
        if known is not None:
            return known
        by_text: dict[str, list[int]] = defaultdict(list)
        for index in range(len(old) - 1, -1, -1):
            by_text[_text(old[index])].append(index)
        pairs: list[int | None] = []
        for one in new:
            equal = by_text.get(_text(one))
            pairs.append(equal.pop() if equal else None)
        left = iter(sorted(index for indexes in by_text.values() for index in indexes))
        if len(old) == len(new):
            pairs = [next(left) if at is None else at for at in pairs]
        self._pairs[id(old), id(new)] = pairs
        return pairs


def _same(old: Any, new: Any) -> bool:
    """Equal scalars of one type, or two containers of one kind."""
    if isinstance(old, dict | list) or isinstance(new, dict | list):
        return isinstance(old, dict) == isinstance(new, dict) and isinstance(old, list) == isinstance(
            new, list
        )
    return type(old) is type(new) and bool(old == new)


def _text(value: Any) -> str:
    return json.dumps(value, sort_keys=True)
