"""How much work one run of a ruleset may be.

Steps are counted, not seconds: what fails does so on every machine. A step is about a microsecond's work: one node
looked at, one part of a filter evaluated. A run has so many to begin with, and more for every byte of the contract,
so that a hostile ruleset costs what its documents cost, and no more.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from .errors import ScriptError

STEPS = 3_000_000
STEPS_PER_BYTE = 2
"""Of the contracts that we know the greediest takes less than half of it with all rules that we ship."""


class Exhausted(ScriptError):
    """A run did all the work that it may do; the rule that was at work then is said to have failed."""


class Budget:
    """What is left to spend; without end where nobody set one."""

    __slots__ = ("left", "steps")

    def __init__(self, steps: float) -> None:
        self.steps = self.left = steps

    def spend(self, steps: float) -> None:
        """Raises `Exhausted`."""
        self.left -= steps
        if self.left < 0:
            raise Exhausted(
                f"the run takes more than {self.steps:,} steps; the rule looks at far too much, "
                "at the same nodes again and again"
            )


_CURRENT: ContextVar[Budget | None] = ContextVar("budget", default=None)


def current() -> Budget:
    """The budget of the run that is going on, of which filters, patterns and functions spend."""
    return _CURRENT.get() or Budget(float("inf"))


def spend(steps: float) -> None:
    """Spends from the run that is going on, if there is one. Raises `Exhausted`."""
    budget = _CURRENT.get()
    if budget is not None:
        budget.spend(steps)


@contextmanager
def spending(steps: float) -> Iterator[Budget]:
    """A run with so many steps; inside another it spends of its own."""
    budget = Budget(steps)
    token = _CURRENT.set(budget)
    try:
        yield budget
    finally:
        _CURRENT.reset(token)
