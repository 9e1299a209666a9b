"""How many calls may be tried again, and when: a budget for all of a group, and a random wait before each."""

from __future__ import annotations

from collections.abc import Callable

from .policy import Retries

_MOST = 10
"""How many times its reserve a budget can save up."""


class Budget:
    """Each call adds its share, each retry takes one away; the reserve is there from the beginning.

    So retries add at most that share to what an upstream has to do, however many calls fail at once.
    """

    __slots__ = ("_balance", "_most", "_share", "used_up")

    def __init__(self, settings: Retries) -> None:
        self._share = settings.budget
        self._balance = float(settings.reserve)
        self._most = float(max(1, settings.reserve) * _MOST)
        self.used_up = 0

    def call(self) -> None:
        if self._balance < self._most:
            self._balance += self._share

    def take(self) -> bool:
        """Takes one retry, if there is one."""
        if self._balance < 1.0:
            self.used_up += 1
            return False
        self._balance -= 1.0
        return True

    @property
    def left(self) -> int:
        """Retries that could be made now."""
        return int(self._balance)


def backoff(settings: Retries, tried: int, random: Callable[[], float]) -> float:
    """Seconds before the next try after `tried` ones: anything up to a bound that doubles (full jitter)."""
    # Doubling stops early, so that no number of tries makes a number that is too large.
    return random() * min(settings.longest, settings.base * float(1 << min(tried - 1, 20)))
