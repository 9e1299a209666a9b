"""Turning calls away before everybody waits: by how late this process is, by what it holds in memory, and by how many
calls it has in hand.

One thread does all the work, so what waits, waits for it; how late it comes to a timer is the time in that queue. Pure;
the lateness is handed in.
"""

from __future__ import annotations

from dataclasses import dataclass

from gateway.verdicts import Refusal

TICK = 0.05
"""Seconds between two looks."""
_LEAST = 0.05
"""Some calls always pass, so that it shows when it is over."""
_BACK = 1.1
"""How much larger the share that passes becomes with every look that is not late."""


@dataclass(frozen=True, slots=True)
class Shedding:
    """`lag` in seconds, None to turn nobody away by it; `bytes` of bodies that may be in memory; `in_flight` calls at
    once, None for as many as come."""

    lag: float | None = 0.25
    in_flight: int | None = None
    bytes: int = 512 * 1024 * 1024


USUAL = Shedding()


class Pressure:
    """`share` of the calls are turned away.

    Work that came while the process was busy is the next thing that it does, so what passes is cut to the part that
    would have been done in time; with every look that is not late a little more passes again. One late look alone is
    no load but a pause.
    """

    def __init__(self, settings: Shedding = USUAL) -> None:
        self.settings = settings
        self.share = 0.0
        self.lag = 0.0
        """Of the last look, in seconds."""
        self.held = 0
        """Bytes of bodies in memory, when it was looked at last."""
        self.heavy = False
        self.shed = {"lag": 0, "bytes": 0, "in-flight": 0}
        self._was_late = False
        self._owed = 0.0

    def look(self, late: float) -> None:
        """Takes in how many seconds late a timer was."""
        self.lag = max(0.0, late)
        most = self.settings.lag
        if most is None:
            return
        passing = 1.0 - self.share
        if late > most:
            if self._was_late:
                passing = max(_LEAST, passing * most / late)
            self._was_late = True
        else:
            passing = min(1.0, passing * _BACK)
            self._was_late = self.share > 0.0
        self.share = 1.0 - passing

    def weigh(self, held: int) -> None:
        """Takes in how many bytes of bodies are in memory; while they are too many no more are let in."""
        self.held = held
        self.heavy = held > self.settings.bytes

    def turn_away(self) -> Refusal | None:
        """The refusal of the next call, if it is one of the share."""
        if self.heavy:
            self.shed["bytes"] += 1
            return self._refusal("bytes")
        self._owed += self.share
        if self._owed < 1.0:
            return None
        self._owed -= 1.0
        self.shed["lag"] += 1
        return self._refusal("lag")

    def too_many(self) -> Refusal:
        """The refusal of a call that finds as many in hand as there may be."""
        self.shed["in-flight"] += 1
        return self._refusal("in-flight")

    def _refusal(self, reason: str) -> Refusal:
        # Not all at the same time: those that are turned away together come back in different seconds.
        after = b"%d" % (1 + self.shed[reason] % 3)
        return Refusal(503, "shed", "The gateway has too much to do", headers=((b"retry-after", after),))
