"""Consumers that are pinned to a version of a line: their calls are held against that version, and go where it runs.

A call is served by the version that its caller is held to, and it is that version's `security`, no other, that has to be
met. Who calls is told by the registry's key or by the `security` of any version of the line, the newest first. What
another version asks for therefore gets nobody in but those who are pinned to it: whoever it names is held to their own
version, and whoever it does not name is held to the newest.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from gateway.snapshot.contract import Consumer, Contract
from gateway.snapshot.snapshot import Snapshot
from gateway.verdicts import Decision, Fault, Refusal, Request

from .matched import matched
from .reaching import unreached

Identify: TypeAlias = Callable[[Decision], None]
"""Puts into a decision who calls, why it may not, or what has to be known first."""
_TWO = Refusal(
    403,
    "two-callers",
    "The credentials do not suffice",
    "What was shown belongs to different consumers.",
    (Fault("security", "", "the credentials belong to different consumers", "two-callers"),),
)


def serving(snapshot: Snapshot, found: Decision, path: str, request: Request, identify: Identify) -> Decision:
    """The decision about the version that serves the caller of a call: `found`, which is of the newest one, or that of
    the version that the caller is pinned to."""
    contract, consumer = found.contract, found.consumer
    if found.needs or contract is None:
        return found
    if consumer is None:
        return known_by(snapshot, contract, path, request, identify) or found
    other = pinned(snapshot, consumer, contract, path, request)
    if other is None:
        return found
    if other.refusal is None:
        identify(other)
        if other.refusal is None and not other.needs:
            _alike(found, consumer, other)
    return other


def known_by(
    snapshot: Snapshot, line: Contract | None, path: str, request: Request, identify: Identify
) -> Decision | None:
    """The decision about a version whose own `security` names a consumer that is pinned to it, or about one of which more
    has to be known first. Of one line, or of all where the newest version has no such path."""
    for held in snapshot.pinned.values():
        contract = held.contract
        if line is not None and contract.line != line.line:
            continue
        match = held.find(path, request.method)
        if match is None or match.held is None or unreached(match.held, request) is not None:
            continue
        decision = matched(match.held, match.values, path, request.query)
        identify(decision)
        if decision.needs or is_pinned(decision):
            return decision
    return None


def pinned(
    snapshot: Snapshot, consumer: Consumer, contract: Contract, path: str, request: Request
) -> Decision | None:
    """The decision about the version that a consumer is pinned to, its credentials still to be looked at; None where the
    newest serves it."""
    version = consumer.pins.get(contract.line)
    if version is None or version == contract.version:
        return None
    held = snapshot.pinned.get((contract.name, version))
    if held is None or held.contract.broken:
        reason = held.contract.broken if held is not None else ""
        return Decision(_not_served(contract, version, reason), contract, consumer=consumer)
    match = held.find(path, request.method)
    if match is None or match.held is None:
        refusal = _not_there(contract, version, match.allowed if match is not None else ())
        return Decision(refusal, held.contract, consumer=consumer)
    decision = matched(match.held, match.values, path, request.query)
    decision.refusal = unreached(match.held, request)
    return decision


def is_pinned(decision: Decision) -> bool:
    """Whether the decision is about the version that its caller is pinned to."""
    consumer, contract = decision.consumer, decision.contract
    if consumer is None or contract is None:
        return False
    return consumer.pins.get(contract.line) == contract.version


def _alike(found: Decision, consumer: Consumer, other: Decision) -> None:
    """Both versions have to know the same caller. Where the pinned one lets anyone in, it is still the consumer that the
    newest knew; what that was known by is a credential as well."""
    if other.consumer is not None and other.consumer.id != consumer.id:
        other.refusal, other.consumer = _TWO, None
        return
    other.consumer = consumer
    other.proofs += tuple(proof for proof in found.proofs if proof not in other.proofs)


def _not_served(contract: Contract, version: str, reason: str) -> Refusal:
    return Refusal(
        503,
        "pinned-version",
        "The version that the consumer is pinned to cannot be served",
        f"{contract.name} {version}: {reason or 'the bundle does not hold it'}",
    )


def _not_there(contract: Contract, version: str, allowed: tuple[str, ...]) -> Refusal:
    detail = f"The consumer is pinned to {contract.name} {version}."
    if not allowed:
        fault = Fault("route", "", "no path template of the pinned version matches", "not-found")
        return Refusal(404, "not-found", "The pinned version does not have this path", detail, (fault,))
    fault = Fault("route", "", "the method is not declared for this path", "method-not-allowed")
    headers = ((b"allow", ", ".join(allowed).encode("latin-1")),)
    title = "The pinned version does not know this method here"
    return Refusal(405, "method-not-allowed", title, detail, (fault,), headers)
