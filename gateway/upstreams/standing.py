"""How an address stands: well, left out for a while, back on probation, or unwell by its health checks."""

from __future__ import annotations

from typing import Literal, TypeAlias

from .policy import Checks, Ejection

State: TypeAlias = Literal["well", "ejected", "probation", "unwell"]


class Standing:
    """What was seen of one address. Times are seconds of a clock that does not go back.

    `clean` is True where nothing speaks against the address; only then need nothing else be asked.
    """

    __slots__ = (
        "_ejected_for", "_failures", "_good", "_probed_bad", "_probed_good", "_until", "_unwell", "clean", "counts",
    )  # fmt: skip

    def __init__(self) -> None:
        self.clean = True
        self._failures = 0
        self._good = 0
        self._until: float | None = None
        self._ejected_for = 0.0
        self._unwell = False
        self._probed_bad = 0
        self._probed_good = 0
        self.counts = {"calls": 0, "checks": 0}
        """Times that it was taken out, by what found it unwell."""

    def state(self, now: float) -> State:
        if self._unwell:
            return "unwell"
        if self._until is None:
            return "well"
        return "ejected" if now < self._until else "probation"

    def takes(self, now: float, in_flight: int) -> bool:
        """Whether a call may go there; on probation one more than went well so far, so at first one alone."""
        if self._unwell:
            return False
        if self._until is None:
            return True
        return now >= self._until and in_flight <= self._good

    def succeeded(self, settings: Ejection | None, now: float) -> None:
        self._failures = 0
        if self._until is not None and settings is not None and now >= self._until:
            self._good += 1
            if self._good >= settings.probation:
                self._until, self._ejected_for = None, 0.0
                self._tidy()

    def failed(self, settings: Ejection | None, now: float) -> bool:
        """Counts a failure; True where the address is taken out by it."""
        self._failures += 1
        if settings is None:
            return False
        if self._until is None:
            if self._failures < settings.failures:
                return False
        elif now < self._until:
            return False  # a call that was on its way before
        self._ejected_for = min(settings.longest, max(settings.seconds, 2 * self._ejected_for))
        self._until = now + self._ejected_for
        self._good = self._failures = 0
        self.clean = False
        self.counts["calls"] += 1
        return True

    def checked(self, settings: Checks, ok: bool) -> bool:
        """Counts the answer to a health check; True where the address changes sides by it."""
        if ok:
            self._probed_bad, self._probed_good = 0, self._probed_good + 1
            if not self._unwell or self._probed_good < settings.successes:
                return False
            self._unwell = False
            self._tidy()
            return True
        self._probed_good, self._probed_bad = 0, self._probed_bad + 1
        if self._unwell or self._probed_bad < settings.failures:
            return False
        self._unwell, self.clean = True, False
        self.counts["checks"] += 1
        return True

    def _tidy(self) -> None:
        self.clean = not self._unwell and self._until is None

    def out(self, now: float) -> bool:
        """Whether no call is to go there."""
        return self._unwell or (self._until is not None and now < self._until)

    def recall(self, now: float) -> None:
        """Calls go there although it is out: from now on it is on probation, so that it can prove itself."""
        if self._until is not None and now < self._until:
            self._until = now
