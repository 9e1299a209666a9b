"""Threads that compute beside the event loop, and how they keep it waiting for less.

The interpreter runs one thread at a time. A thread that computes gives way every 5 ms, and a call passes through
several places where it has to wait for that.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

TURN = 0.0002
"""Seconds for which a thread that computes keeps others waiting."""


class Turns:
    """Turns are short while any thread says so; the last one to end makes them as they were."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._threads = 0
        self._usual = 0.0

    @contextmanager
    def short(self) -> Iterator[None]:
        """For what is computed in the block."""
        with self._lock:
            self._threads += 1
            if self._threads == 1:
                self._usual = sys.getswitchinterval()
                sys.setswitchinterval(TURN)
        try:
            yield
        finally:
            with self._lock:
                self._threads -= 1
                if self._threads == 0:
                    sys.setswitchinterval(self._usual)


TURNS = Turns()
"""The interpreter's: there is one."""
