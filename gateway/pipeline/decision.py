"""The whole decision about a request, for those who have all of it at hand."""

from __future__ import annotations

from gateway.rates import Rates
from gateway.snapshot.snapshot import Snapshot
from gateway.verdicts import Decision, Request

from .admission import admit
from .requests import examine


def decide(snapshot: Snapshot, request: Request, *, rates: Rates | None = None, now: float = 0.0) -> Decision:
    """Match, authenticate, authorise, limit, lifecycle, validate; the first that refuses decides.

    `now` is in seconds since 1970; it serves the rate limits as well. Without `rates` nothing is limited.
    """
    decision = admit(snapshot, request, rates, now)
    return examine(decision, request, snapshot.bounds) if decision.refusal is None else decision
