"""Admission: everything that is decided about a request from its head, before its body is read."""

from __future__ import annotations

from gateway.callers import declared, keys
from gateway.malformed import Malformed
from gateway.rates import Grant, Rates, fields
from gateway.routes.paths import normalise
from gateway.routes.trie import Match
from gateway.snapshot.contract import Consumer, Contract, Plan
from gateway.snapshot.operation import Operation
from gateway.snapshot.snapshot import Snapshot
from gateway.verdicts import Decision, Fault, Refusal, Request

_NOT_FOUND = Refusal(
    404,
    "not-found",
    "No contract has this path",
    faults=(Fault("route", "", "no path template matches", "not-found"),),
)
_NOT_READY = Refusal(503, "no-bundle", "The gateway has no bundle yet", headers=((b"retry-after", b"5"),))
_CHALLENGE = (b"www-authenticate", b'Bearer realm="lading"')
_UNAUTHORIZED = {
    "no-key": Refusal(401, "no-key", "An API key is needed", "Send it as X-API-Key.", headers=(_CHALLENGE,)),
    "unknown-key": Refusal(401, "unknown-key", "The API key is not known", headers=(_CHALLENGE,)),
    "expired-key": Refusal(
        401, "expired-key", "The API key has expired", "Issue a new one.", headers=(_CHALLENGE,)
    ),
}


def admit(snapshot: Snapshot, request: Request, rates: Rates | None, now: float) -> Decision:
    """Match, authenticate, authorise, limit, lifecycle."""
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
    match = snapshot.find(
        headers.get(b"host", b"").decode("latin-1") if snapshot.hosted else "", path, request.method
    )
    if match is None or match.held is None:
        match = _as_get(snapshot, headers, path, request) or match
        if match is None or match.held is None:
            return _unmatched(snapshot, path, match)
    operation = match.held
    contract = operation.contract
    decision = Decision(
        contract=contract,
        operation=operation,
        path_values=match.values,
        target=_target(contract, path, request.query),
        headers=contract.lifecycle_headers,
    )
    if operation.authorities and not _is_served_here(operation, request.scheme, headers):
        decision.refusal = _NOT_FOUND
        return decision
    decision.refusal = _caller(snapshot, decision, contract, headers, rates, now)
    if decision.refusal is None and contract.sunset is not None and contract.sunset <= now:
        decision.refusal = _gone(contract)
    if decision.refusal is None and contract.rules.security != "ignore":
        decision.refusal = _credentials(operation, contract, headers, request.query)
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


def _unmatched(snapshot: Snapshot, path: str, match: Match[Operation] | None) -> Decision:
    if match is None:
        contract = snapshot.owner(path)
        if contract is not None and contract.broken:
            refusal = Refusal(
                503, "contract-broken", "The contract of this path cannot be served", contract.broken
            )
            return Decision(refusal, contract)
        return Decision(_NOT_FOUND, contract)
    contract = next(iter(match.leaf.methods.values())).contract
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


def _target(contract: Contract, path: str, query: bytes) -> bytes:
    """Path and query for the upstream: as judged, with the base path replaced."""
    if contract.upstream_path is not None:
        for base in contract.base_paths:
            if path.startswith(base) and path[len(base) : len(base) + 1] in ("/", ""):
                path = contract.upstream_path + path[len(base) :] or "/"
                break
    target = path.encode("ascii")
    return b"%s?%s" % (target, query) if query else target


def _is_served_here(operation: Operation, scheme: str, headers: dict[bytes, bytes]) -> bool:
    authority = f"{scheme}://{headers.get(b'host', b'').decode('latin-1')}"
    return any(pattern.match(authority) for pattern in operation.authorities)


def _caller(
    snapshot: Snapshot,
    decision: Decision,
    contract: Contract,
    headers: dict[bytes, bytes],
    rates: Rates | None,
    now: float,
) -> Refusal | None:
    """Who calls, whether it may, and whether it calls too often."""
    key = keys.presented(headers)
    if contract.access == "open" and (key is None or not key.startswith(keys.PREFIX)):
        return None
    consumer = keys.identify(key, snapshot.keys, now)
    if not isinstance(consumer, Consumer):
        return None if contract.access == "open" else _UNAUTHORIZED[consumer.reason]
    decision.consumer = consumer
    major = contract.major
    plan = consumer.subscriptions.get((contract.name, major))
    if plan is None:
        if contract.access == "open":
            return None
        return Refusal(
            403,
            "not-subscribed",
            "The consumer is not subscribed",
            f"{consumer.name} has no subscription to {contract.name}, version {major}. Subscribe in the portal.",
        )
    return None if rates is None else _limited(decision, consumer, plan, rates, now)


def _limited(decision: Decision, consumer: Consumer, plan: Plan, rates: Rates, now: float) -> Refusal | None:
    """The operation's own limit first, where the contract states one, then the plan's."""
    contract, operation = decision.contract, decision.operation
    assert contract is not None
    assert operation is not None
    whole = (consumer.id, contract.name, contract.major)
    own = operation.limit
    if own is not None and operation.limited_plan in (None, plan.name):
        grant = rates.take((consumer.id, f"{contract.name} {operation.key}", contract.major), own, now)
        if not grant.allowed:
            decision.headers += fields(own, grant)
            return _too_many(f"{operation.key} allows", own, grant)
    grant = rates.take(whole, plan, now)
    decision.headers += fields(plan, grant)
    return None if grant.allowed else _too_many(f"The plan {plan.name} allows", plan, grant)


def _too_many(who: str, plan: Plan, grant: Grant) -> Refusal:
    return Refusal(
        429,
        "rate-limited",
        "Too many calls",
        f"{who} {plan.limit} calls in {plan.window} s. Try again in {grant.retry_after} s.",
    )


def _gone(contract: Contract) -> Refusal:
    known = contract.lifecycle
    successor = known.replacement_url or known.replacement
    detail = f"{contract.name} {contract.version} is no longer served."
    if known.sunset_at is not None and known.state != "retired":
        detail = f"{contract.name} {contract.version} was served until {known.sunset_at:%Y-%m-%d}."
    return Refusal(
        410, "gone", "This version has ended", detail + (f" Use {successor}." if successor else "")
    )


def _credentials(
    operation: Operation, contract: Contract, headers: dict[bytes, bytes], query: bytes
) -> Refusal | None:
    faults = declared.missing(
        operation.security, contract.schemes, headers, query, form=contract.rules.security == "form"
    )
    if not faults:
        return None
    return Refusal(401, "no-credentials", "Credentials are needed", faults[0].message, faults, (_CHALLENGE,))
