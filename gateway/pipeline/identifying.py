"""Who calls, and whether it may: by the registry's keys, or by what the contract's `security` asks for."""

from __future__ import annotations

from gateway.callers import declared, keys
from gateway.callers.evaluation import evaluate
from gateway.callers.evidence import Evidence
from gateway.callers.outcomes import Call
from gateway.snapshot.contract import Consumer, Contract
from gateway.snapshot.snapshot import Snapshot
from gateway.verdicts import Decision, Refusal, Request

_CHALLENGE = (b"www-authenticate", b'Bearer realm="lading"')
_UNAUTHORIZED = {
    "no-key": Refusal(401, "no-key", "An API key is needed", "Send it as X-API-Key.", headers=(_CHALLENGE,)),
    "unknown-key": Refusal(401, "unknown-key", "The API key is not known", headers=(_CHALLENGE,)),
    "expired-key": Refusal(
        401, "expired-key", "The API key has expired", "Issue a new one.", headers=(_CHALLENGE,)
    ),
}


def identify(
    snapshot: Snapshot,
    decision: Decision,
    request: Request,
    now: float,
    evidence: Evidence,
    *,
    whole: bool,
    final: bool,
) -> None:
    """Puts into the decision who calls, why it may not, or what has to be known first."""
    operation, contract = decision.operation, decision.contract
    assert operation is not None
    assert contract is not None
    rule = contract.rules.security
    if rule == "ignore":
        decision.refusal = keyed(snapshot, decision, contract, request, now)
        return
    if rule == "verify" and operation.security:
        call = Call(
            request, now, evidence.trust, evidence, snapshot.keys, snapshot.consumers, whole=whole, final=final
        )  # fmt: skip
        decision.refusal = verified(decision, contract, call)
        return
    decision.refusal = keyed(snapshot, decision, contract, request, now)
    if decision.refusal is None and rule in ("presence", "form"):
        decision.refusal = present(decision, request, form=rule == "form")


def known(snapshot: Snapshot, request: Request, now: float) -> Consumer | None:
    """Whose key a request carries, if it does: for telling who calls what is not there."""
    key = keys.presented(request.fields)
    found = keys.identify(key, snapshot.keys, now) if key is not None else None
    return found if isinstance(found, Consumer) else None


def keyed(
    snapshot: Snapshot, decision: Decision, contract: Contract, request: Request, now: float
) -> Refusal | None:
    """Puts the consumer whose key it is into the decision; why not, where that is needed."""
    key = keys.presented(request.fields)
    if contract.access == "open" and (key is None or not key.startswith(keys.PREFIX)):
        return None
    consumer = keys.identify(key, snapshot.keys, now)
    if not isinstance(consumer, Consumer):
        return None if contract.access == "open" else _UNAUTHORIZED[consumer.reason]
    decision.consumer = consumer
    return None if contract.line in consumer.subscriptions else _subscribed(consumer, contract)


def _subscribed(consumer: Consumer, contract: Contract) -> Refusal | None:
    if contract.access == "open" or contract.line in consumer.subscriptions:
        return None
    return Refusal(
        403,
        "not-subscribed",
        "The consumer is not subscribed",
        f"{consumer.name} has no subscription to {contract.name}, version {contract.major}. Subscribe in the portal.",
    )


def verified(decision: Decision, contract: Contract, call: Call) -> Refusal | None:
    """Puts what the contract's `security` proves of the caller into the decision, or what has to be known first."""
    operation = decision.operation
    assert operation is not None
    found = evaluate(operation.security, contract.schemes, call)
    if isinstance(found, Refusal):
        return found
    if isinstance(found, tuple):
        decision.needs = found
        return None
    decision.proofs = found.proofs
    consumer = next((proof.consumer for proof in found.proofs if proof.consumer is not None), None)
    if consumer is not None:
        decision.consumer = consumer
        return _subscribed(consumer, contract)
    if contract.access == "open":
        return None
    return Refusal(
        403,
        "unknown-consumer",
        "The caller is no consumer that is known here",
        f"{contract.name} is for subscribed consumers, and what was shown names none of them.",
    )


def present(decision: Decision, request: Request, *, form: bool) -> Refusal | None:
    """Why the credentials that the contract asks for are not all there; whether they are right is not looked at."""
    operation = decision.operation
    assert operation is not None
    faults = declared.missing(
        operation.security, operation.contract.schemes, request.fields, request.query, form=form
    )
    if not faults:
        return None
    return Refusal(401, "no-credentials", "Credentials are needed", faults[0].message, faults, (_CHALLENGE,))
