"""The circuit breaker of a group: closed, open, half open. Pure; the clock is handed in."""

from __future__ import annotations

import math
from typing import Literal, TypeAlias

from .policy import Breaking

State: TypeAlias = Literal["closed", "open", "half-open"]
_BUCKETS = 10


class Breaker:
    """Counts calls in a sliding window of ten buckets. Times are seconds of a clock that does not go back."""

    def __init__(self, settings: Breaking) -> None:
        self._settings = settings
        self._width = settings.window / _BUCKETS
        self._good = [0] * _BUCKETS
        self._bad = [0] * _BUCKETS
        self._at = 0
        """The bucket that was counted in last, as a number since the clock began."""
        self._open_until: float | None = None
        self._open_for = 0.0
        self._probing = 0
        self._probed_well = 0
        self.opened = 0
        self.refused = 0

    def state(self, now: float) -> State:
        if self._open_until is None:
            return "closed"
        return "open" if now < self._open_until else "half-open"

    def admit(self, now: float) -> int:
        """0 where a call may be made; otherwise the seconds after which it may be tried again.

        A call that is admitted ends with `succeeded`, `failed` or `abandoned`, once.
        """
        if self._open_until is None:
            return 0
        if now < self._open_until:
            self.refused += 1
            return max(1, math.ceil(self._open_until - now))
        if self._probing + self._probed_well >= self._settings.probes:
            self.refused += 1
            return 1
        self._probing += 1
        return 0

    def succeeded(self, now: float) -> None:
        if self._open_until is None:
            self._good[self._bucket(now)] += 1
            return
        if now < self._open_until:
            return  # sent before it opened
        self._probing = max(0, self._probing - 1)
        self._probed_well += 1
        if self._probed_well >= self._settings.probes:
            self._open_until, self._open_for = None, 0.0
            self._good, self._bad = [0] * _BUCKETS, [0] * _BUCKETS

    def failed(self, now: float) -> bool:
        """True where the breaker opens by it."""
        if self._open_until is None:
            self._bad[self._bucket(now)] += 1
            bad = sum(self._bad)
            calls = bad + sum(self._good)
            if calls < self._settings.calls or bad < self._settings.failures * calls:
                return False
        elif now < self._open_until:
            return False
        self._open_for = min(self._settings.longest, max(self._settings.seconds, 2 * self._open_for))
        self._open_until = now + self._open_for
        self._probing = self._probed_well = 0
        self.opened += 1
        return True

    def abandoned(self, now: float) -> None:
        """A call that says nothing: its caller went away."""
        if self._open_until is not None and now >= self._open_until:
            self._probing = max(0, self._probing - 1)

    def _bucket(self, now: float) -> int:
        """The bucket for now, those that lie between it and the last one emptied."""
        at = int(now / self._width)
        for number in range(self._at + 1, min(at, self._at + _BUCKETS) + 1):
            self._good[number % _BUCKETS] = self._bad[number % _BUCKETS] = 0
        self._at = max(self._at, at)
        return at % _BUCKETS
