"""How often a caller may call: what the contract states, and the plan that its consumer subscribed to."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence

from gateway.rates import Demand, Grant, Rates, fields
from gateway.snapshot.contract import Contract, Plan
from gateway.verdicts import Decision, Refusal


def demands(decision: Decision, peer: str = "") -> list[Demand]:
    """The allowances that a call is taken from, the narrowest first.

    A caller of whom nothing is known is told from others by its address, where the contract states a limit.
    """
    operation, contract = decision.operation, decision.contract
    assert operation is not None
    assert contract is not None
    consumer = decision.consumer
    plan = consumer.subscriptions.get(contract.line) if consumer is not None else None
    caller = decision.caller or f"address {_network(peer)}"
    found = [
        Demand((caller, f"{contract.name} {held.scope}", contract.major), held.plan, "")
        for held in operation.limits
        if held.about is None or (plan is not None and held.about == plan.name)
    ]
    if plan is not None:
        found.append(Demand((caller, contract.name, contract.major), plan, plan.name))
        if plan.quota is not None:
            found.append(_quota(caller, contract, plan.quota))
    return found


def limit(decision: Decision, rates: Rates, now: float, peer: str = "") -> None:
    """Takes the call from all of its allowances, or refuses it and takes it from none."""
    operation = decision.operation
    assert operation is not None
    contract, consumer = operation.contract, decision.consumer
    if operation.limits:
        asked = demands(decision, peer)
        granted(decision, asked, rates.take_all(asked, now))
        return
    if consumer is None or (plan := consumer.subscriptions.get(contract.line)) is None:
        return
    if plan.quota is not None:
        asked = demands(decision)
        granted(decision, asked, rates.take_all(asked, now))
        return
    # The usual case, made short: nothing but the consumer's plan.
    key = (consumer.id, contract.name, contract.major)
    grant = rates.take(key, plan, now)
    decision.headers += fields(plan, grant)
    if not grant.allowed:
        _refuse(decision, Demand(key, plan, plan.name), grant)


def _quota(caller: str, contract: Contract, quota: Plan) -> Demand:
    return Demand((caller, f"{contract.name} quota", contract.major), quota, quota.name)


def granted(decision: Decision, asked: Sequence[Demand], grants: Sequence[Grant] | Refusal) -> None:
    """Tells how each allowance stands, and refuses the call for the one that takes longest to have room for it."""
    if isinstance(grants, Refusal):
        decision.refusal = grants
        return
    worst: tuple[Demand, Grant] | None = None
    for demand, grant in zip(asked, grants, strict=True):
        decision.headers += fields(demand.plan, grant)
        if not grant.allowed and (worst is None or grant.retry_after > worst[1].retry_after):
            worst = (demand, grant)
    if worst is not None:
        _refuse(decision, *worst)


def _refuse(decision: Decision, demand: Demand, grant: Grant) -> None:
    # Never earlier than any `t` of a limit that is used up (draft-ietf-httpapi-ratelimit-headers-11, section 6).
    decision.headers += ((b"retry-after", b"%d" % grant.retry_after),)
    decision.refusal = too_many(demand, grant)


def too_many(demand: Demand, grant: Grant) -> Refusal:
    who = f"The plan {demand.named} allows" if demand.named else f"{demand.plan.name} allows"
    return Refusal(
        429,
        "rate-limited",
        "Too many calls",
        f"{who} {demand.plan.limit} calls in {demand.plan.window} s. Try again in {grant.retry_after} s.",
    )


def _network(peer: str) -> str:
    """An address; of IPv6 the network of 64 bits, as one caller has all of it."""
    try:
        address = ipaddress.ip_address(peer)
    except ValueError:
        return peer
    if address.version == 4:
        return peer
    return str(ipaddress.ip_network((address, 64), strict=False).network_address)
