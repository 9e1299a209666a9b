"""Compiling in a thread, beside calls that must not wait for it.

Threads take turns, which are short meanwhile (`gateway.turns`). A full pass of the garbage collector stops everything
for as long as it takes to look at every object of the process, which for hundreds of contracts is a fifth of a second.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from gateway.snapshot.snapshot import Snapshot
from gateway.turns import TURN, TURNS

_NEVER = 1_000_000
"""Passes of the young generations before a full one."""

Made = TypeVar("Made")


class Pace:
    """Rests between pieces of work for as long as the piece took: calls have at least half of the processor."""

    __slots__ = ("_begun", "_most")

    def __init__(self, most: float = 0.02) -> None:
        self._begun = time.perf_counter()
        self._most = most

    def rest(self) -> None:
        time.sleep(min(self._most, time.perf_counter() - self._begun))
        self._begun = time.perf_counter()


def beside(compile: Callable[[], Made]) -> Made:
    """What `compile` makes. What is made is taken out of the garbage collector's sight: it stays, and is given back
    when the last reference to it goes.
    """
    with _ALONE, _giving_way():
        made = compile()
        gc.freeze()
        return made


def let_go(held: list[Snapshot]) -> None:
    """Gives back the one snapshot in a list, which has to be the last to hold it, piece by piece: to give all of it
    back at once is one step, for which everything else would wait.
    """
    with _ALONE, _giving_way():
        snapshot = held.pop()
        pieces = snapshot.pieces()
        del snapshot
        pieces.reverse()
        while pieces:
            del pieces[-_PIECES:]
            time.sleep(TURN)
    _trim()


def _trim() -> None:
    """Gives memory back to the system that the C library would keep; only glibc has a function for it."""
    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None).malloc_trim(0)  # lets go of the interpreter meanwhile


_PIECES = 50
_ALONE = threading.Lock()


@contextmanager
def _giving_way() -> Iterator[None]:
    young, middle, old = gc.get_threshold()
    gc.set_threshold(young, middle, _NEVER)
    try:
        with TURNS.short():
            yield
    finally:
        gc.set_threshold(young, middle, old)
