"""The whole decision about a request, for those who have all of it at hand."""

from __future__ import annotations

from gateway.callers.evidence import NONE, Evidence
from gateway.rates import Rates
from gateway.snapshot.snapshot import Snapshot
from gateway.verdicts import Decision, Request

from .admission import admit
from .requests import examine


def decide(
    snapshot: Snapshot,
    request: Request,
    *,
    rates: Rates | None = None,
    now: float = 0.0,
    evidence: Evidence = NONE,
    final: bool = True,
) -> Decision:
    """Match, authenticate, authorise, limit, lifecycle, validate; the first that refuses decides.

    `now` is in seconds since 1970; it serves the rate limits as well. Without `rates` nothing is limited. With `final` what
    the evidence does not hold is refused; without, the decision says in `needs` what to find out.
    """
    decision = admit(snapshot, request, rates, now, evidence, whole=True, final=final)
    if decision.refusal is not None or decision.needs:
        return decision
    return examine(decision, request, snapshot.bounds)
