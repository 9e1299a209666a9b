"""Limits that the workers of one gateway keep together, in memory that they share."""

from __future__ import annotations

import fcntl
import mmap
import os
import tempfile
from collections.abc import Sequence

from gateway.rates import Demand, Grant, Rates, granted, refused, taken, told
from gateway.snapshot.contract import Plan

_WAYS = 8
"""Cells of one bucket; where all are in use the one that recovers soonest makes room."""
_CELL = 16
_LOCKS = 1024
_MASK = (1 << 64) - 1


class CommonRates(Rates):
    """The same algorithm over a table that is made before processes are forked, and locked bucket by bucket.

    A cell is the 64-bit hash of a key and its number. A lock ends with the process that has it.
    """

    __slots__ = ("_buckets", "_due_of", "_lock", "_map", "_name_of")

    def __init__(self, cells: int = 1 << 18) -> None:
        super().__init__()
        self._buckets = max(1, cells // _WAYS)
        self._map = mmap.mmap(-1, self._buckets * _WAYS * _CELL)
        view = memoryview(self._map)
        self._name_of = view.cast("Q")
        self._due_of = view.cast("d")
        self._lock, path = tempfile.mkstemp(prefix="lading-limits-")
        os.unlink(path)

    def take(self, key: tuple[str, str, int], plan: Plan, now: float) -> Grant:
        name = _name(key)
        bucket = name % self._buckets
        place = bucket % _LOCKS
        fcntl.lockf(self._lock, fcntl.LOCK_EX, 1, place)
        try:
            cell = self._cell(bucket, name, now)
            ahead = self._ahead(cell, name, now)
            after = ahead + plan.interval
            if after > plan.depth + 1e-9:
                return refused(plan, ahead)
            self._name_of[cell] = name
            self._due_of[cell + 1] = now + after
        finally:
            fcntl.lockf(self._lock, fcntl.LOCK_UN, 1, place)
        return granted(plan, after)

    def take_all(self, asked: Sequence[Demand], now: float) -> list[Grant]:
        names = [_name(demand.key) for demand in asked]
        # In one order, so that two processes never wait for each other.
        places = sorted({name % self._buckets % _LOCKS for name in names})
        held = []
        try:
            for place in places:
                fcntl.lockf(self._lock, fcntl.LOCK_EX, 1, place)
                held.append(place)
            ahead = [self._ahead(self._cell(name % self._buckets, name, now), name, now) for name in names]
            after = taken(asked, ahead)
            if after is None:
                return told(asked, ahead)
            for name, used in zip(names, after, strict=True):
                cell = self._cell(
                    name % self._buckets, name, now
                )  # looked for anew: one before may have it now
                self._name_of[cell] = name
                self._due_of[cell + 1] = now + used
        finally:
            for place in held:
                fcntl.lockf(self._lock, fcntl.LOCK_UN, 1, place)
        return told(asked, after, took=True)

    def _ahead(self, cell: int, name: int, now: float) -> float:
        """Seconds for which the allowance of a name is used up."""
        return max(self._due_of[cell + 1] - now, 0.0) if self._name_of[cell] == name else 0.0

    def _cell(self, bucket: int, name: int, now: float) -> int:
        """The index of the key's cell, or of the one that it may take: a free one, or that which recovers soonest."""
        names, dues = self._name_of, self._due_of
        first = bucket * _WAYS * 2
        best, soonest = first, float("inf")
        for cell in range(first, first + _WAYS * 2, 2):
            held = names[cell]
            if held == name:
                return cell
            due = dues[cell + 1] if held else 0.0
            if due < soonest:
                best, soonest = cell, due
        return best


def _name(key: tuple[str, str, int]) -> int:
    """The same in all of them: forked processes share the secret of str's hash. 0 is a free cell."""
    return hash(key) & _MASK or 1
