"""News inside one process: something that gateways need to know of was written."""

from __future__ import annotations

import threading


class Changes:
    """Wakes those who wait in this process. Others notice by looking at the database now and then."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._count = 0

    @property
    def count(self) -> int:
        return self._count

    def announce(self) -> None:
        with self._condition:
            self._count += 1
            self._condition.notify_all()

    def wait(self, seen: int, seconds: float) -> int:
        """Returns when the count is no longer `seen`, or after the time; the count then."""
        with self._condition:
            self._condition.wait_for(lambda: self._count != seen, timeout=seconds)
            return self._count
