"""Rate limits by the generic cell rate algorithm (ITU-T I.371, annex A): one number per consumer and contract."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from gateway.snapshot.contract import Plan

MAX_CELLS = 200_000
"""Consumers times contracts that are kept; beyond it those that have long recovered are dropped."""


@dataclass(slots=True)
class Grant:
    """Whether a call may be made, how many more at once, and seconds until there is one more than that.

    Among several an allowance that would allow the call says so, although another one refuses it.
    """

    allowed: bool
    remaining: int
    reset: int
    retry_after: int


@dataclass(slots=True)  # not frozen: some are made for every call
class Demand:
    """One call out of an allowance: whose and of what, and the plan that says how much; `named` if a consumer has it."""

    key: tuple[str, str, int]
    plan: Plan
    named: str = ""


class Rates:
    """The state of all limits of this process. Times are seconds of a clock that does not go back."""

    __slots__ = ("_due",)

    def __init__(self) -> None:
        self._due: dict[tuple[str, str, int], float] = {}

    def take(self, key: tuple[str, str, int], plan: Plan, now: float) -> Grant:
        """Takes one call from the consumer's allowance, if there is one."""
        interval, depth = plan.interval, plan.depth
        due = self._due.get(key, now)
        ahead = due - now if due > now else 0.0
        after = ahead + interval
        if after > depth + 1e-9:
            return refused(plan, ahead)
        if len(self._due) >= MAX_CELLS and key not in self._due:
            self._make_room(now)
        self._due[key] = now + after
        return granted(plan, after)

    def take_all(self, asked: Sequence[Demand], now: float) -> list[Grant]:
        """Takes one call from each of several allowances, or none from any where one of them has none left."""
        ahead = [max(self._due.get(demand.key, now) - now, 0.0) for demand in asked]
        after = taken(asked, ahead)
        if after is None:
            return told(asked, ahead)
        for demand, used in zip(asked, after, strict=True):
            if len(self._due) >= MAX_CELLS and demand.key not in self._due:
                self._make_room(now)
            self._due[demand.key] = now + used
        return told(asked, after, took=True)

    def _make_room(self, now: float) -> None:
        """Drops who has recovered; where that is too few, the half that recovers soonest."""
        left = sorted((when, held) for held, when in self._due.items() if when > now)
        if len(left) >= MAX_CELLS:
            left = left[len(left) // 2 :]
        self._due = {held: when for when, held in left}


def taken(asked: Sequence[Demand], ahead: Sequence[float]) -> list[float] | None:
    """For how many seconds each allowance is used up with one more call; None where one has no room for it."""
    after = []
    for demand, used in zip(asked, ahead, strict=True):
        more = used + demand.plan.interval
        if more > demand.plan.depth + 1e-9:
            return None
        after.append(more)
    return after


def told(asked: Sequence[Demand], ahead: Sequence[float], *, took: bool = False) -> list[Grant]:
    """A grant for each allowance: of the call that was taken, or of how it stands where none was."""
    return [
        granted(demand.plan, used)
        if took or used + demand.plan.interval <= demand.plan.depth + 1e-9
        else refused(demand.plan, used)
        for demand, used in zip(asked, ahead, strict=True)
    ]


def granted(plan: Plan, ahead: float) -> Grant:
    """What is left of an allowance that is used up for `ahead` seconds, a call that was taken included."""
    free = (plan.depth - ahead) / plan.interval + 1e-6
    remaining = int(free)
    wait = (remaining + 1 - free) * plan.interval - 1e-6
    return Grant(True, remaining, math.ceil(wait) if wait > 1.0 else 1, 0)


def refused(plan: Plan, ahead: float) -> Grant:
    """An allowance that has no call left; one more comes when a caller may try again, and no sooner."""
    wait = max(1, math.ceil(ahead + plan.interval - plan.depth - 1e-6))
    return Grant(False, 0, wait, wait)


def fields(plan: Plan, grant: Grant) -> tuple[tuple[bytes, bytes], ...]:
    """The RateLimit header fields (draft-ietf-httpapi-ratelimit-headers-11, sections 3 and 4).

    `t` is the time within which no more than `r` calls can be made.
    """
    limit = b"%s;r=%d;t=%d" % (plan.label, grant.remaining, grant.reset)
    return ((b"ratelimit-policy", plan.policy), (b"ratelimit", limit))
