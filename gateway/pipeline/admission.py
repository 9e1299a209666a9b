"""Admission: everything that is decided about a request from its head, before its body is read."""

from __future__ import annotations

from gateway.callers.evidence import NONE, Evidence
from gateway.malformed import Malformed
from gateway.rates import Rates
from gateway.routes.paths import normalise
from gateway.routes.trie import Leaf, Match
from gateway.snapshot.operation import Operation
from gateway.snapshot.snapshot import Snapshot
from gateway.verdicts import Decision, Fault, Refusal, Request

from .ending import lifecycle
from .identifying import identify, known
from .limiting import limit
from .matched import matched
from .pinning import known_by, serving
from .reaching import ELSEWHERE, NOT_FOUND, is_served_here, is_within

_NOWHERE: Leaf[Operation] = Leaf("", ())
_NOT_READY = Refusal(503, "no-bundle", "The gateway has no bundle yet", headers=((b"retry-after", b"5"),))


def admit(
    snapshot: Snapshot,
    request: Request,
    rates: Rates | None,
    now: float,
    evidence: Evidence = NONE,
    *,
    whole: bool = False,
    final: bool = False,
) -> Decision:
    """Match, authenticate, authorise, lifecycle, limit.

    Where something about the caller is not in the evidence yet, the decision says so in `needs` and is to be made
    again with it; `whole` says that the body is there, `final` that nothing more will be found out. Without `rates`
    nothing is limited.
    """
    try:
        path = normalise(request.path)
    except Malformed as error:
        fault = Fault("path", "", error.message, error.code)
        return Decision(
            Refusal(400, "malformed-path", "The path is not well formed", error.message, (fault,))
        )
    if not snapshot.id:
        return Decision(_NOT_READY)
    headers = request.fields
    if snapshot.hosted:
        match = snapshot.find(headers.get(b"host", b"").decode("latin-1"), path, request.method)
    else:
        match = snapshot.routes.find(path, request.method)
    if match is None or match.held is None:
        match = _as_get(snapshot, headers, path, request) or match
        if match is None or match.held is None:
            if snapshot.pinned:
                held = known_by(
                    snapshot,
                    None,
                    path,
                    request,
                    lambda other: identify(snapshot, other, request, now, evidence, whole=whole, final=final),
                )
                if held is not None:
                    return _settled(held, request, rates, now)
            fallback = snapshot.fallback(headers.get(b"host", b"").decode("latin-1"), path)
            if fallback is None:
                decision = _unmatched(snapshot, request, path, match)
                decision.consumer = known(snapshot, request, now)
                return decision
            match = Match(_NOWHERE, (), fallback)
    operation = match.held
    assert operation is not None
    contract = operation.contract
    decision = matched(operation, match.values, path, request.query)
    if operation.authorities and not is_served_here(operation, request.scheme, headers):
        decision.refusal = NOT_FOUND
        return decision
    if contract.networks and not is_within(request.client, contract.networks):
        decision.refusal = ELSEWHERE
        return decision
    identify(snapshot, decision, request, now, evidence, whole=whole, final=final)
    consumer = decision.consumer
    if snapshot.pinned if consumer is None else consumer.pins:
        decision = serving(
            snapshot,
            decision,
            path,
            request,
            lambda other: identify(snapshot, other, request, now, evidence, whole=whole, final=final),
        )
    return _settled(decision, request, rates, now)


def _settled(decision: Decision, request: Request, rates: Rates | None, now: float) -> Decision:
    """Lifecycle and limits, where the caller may call."""
    contract = decision.contract
    if decision.refusal is None and not decision.needs and contract is not None:
        if contract.sunset is not None or contract.brownouts:
            lifecycle(decision, now)
        if decision.refusal is None and rates is not None:
            limit(decision, rates, now, request.client)
    return decision


def _as_get(
    snapshot: Snapshot, headers: dict[bytes, bytes], path: str, request: Request
) -> Match[Operation] | None:
    """HEAD answered by the operation of GET, where the contract's rules say so."""
    if request.method != "HEAD":
        return None
    match = snapshot.find(headers.get(b"host", b"").decode("latin-1"), path, "GET")
    if match is None or match.held is None or not match.held.contract.rules.head_as_get:
        return None
    return match


def _unmatched(snapshot: Snapshot, request: Request, path: str, match: Match[Operation] | None) -> Decision:
    if match is None:
        contract = snapshot.owner(path)
        if contract is not None and contract.broken:
            refusal = Refusal(
                503, "contract-broken", "The contract of this path cannot be served", contract.broken
            )
            return Decision(refusal, contract)
        return Decision(NOT_FOUND, contract)
    other = next(iter(match.leaf.methods.values()))
    contract = other.contract
    if other.authorities and not is_served_here(other, request.scheme, request.fields):
        return Decision(NOT_FOUND, contract)
    allowed = ", ".join(match.allowed)
    refusal = Refusal(
        405,
        "method-not-allowed",
        "The contract does not know this method here",
        f"Allowed: {allowed}.",
        (Fault("route", "", "the method is not declared for this path", "method-not-allowed"),),
        ((b"allow", allowed.encode("latin-1")),),
    )
    return Decision(refusal, contract)
