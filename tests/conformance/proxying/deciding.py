"""Cases put to the gateway's decisions, without a network."""

from __future__ import annotations

from gateway.pipeline import decide, judge_response
from gateway.snapshot.snapshot import Snapshot

from .cases import Case, request_of, response_of
from .told import Told


def directly(snapshot: Snapshot, case: Case) -> Told:
    """What the decisions say."""
    request, response = request_of(case), response_of(case)
    decision = decide(snapshot, request)
    if decision.refusal is not None:
        return Told(decision.refusal.code, decision.refusal.faults)
    if response is None:
        return Told(unvalidated=decision.unvalidated)
    assert decision.operation is not None
    verdict = judge_response(decision.operation, request.method, response, snapshot.bounds)
    return Told(
        response=verdict.refusal.code if verdict.refusal is not None else "",
        response_faults=verdict.faults,
        unvalidated=decision.unvalidated + verdict.unvalidated,
    )
