"""Consumers that are pinned to a version of a line: their calls are held against that version, and go where it runs.

Who calls is known by the line's newest version, as for everybody; the pinned version then decides anew, with its own
operations, `security`, limits, dates and upstreams. So credentials have to satisfy both.
"""

from __future__ import annotations

from collections.abc import Iterator

from gateway.snapshot.contract import Contract
from gateway.snapshot.snapshot import Snapshot
from gateway.verdicts import Decision, Fault, Refusal, Request

from .matched import matched


def pinned(snapshot: Snapshot, decision: Decision, path: str, request: Request) -> Decision | None:
    """The decision about the version that the caller is pinned to, its caller still to be looked at; None where
    the one that was found serves it."""
    consumer, contract = decision.consumer, decision.contract
    assert consumer is not None
    assert contract is not None
    version = consumer.pins.get((contract.name, contract.major))
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
    return matched(match.held, match.values, path, request.query)


def only_pinned(snapshot: Snapshot, path: str, request: Request) -> Iterator[Decision]:
    """Decisions about versions that somebody is pinned to and that have a path which the newest has not."""
    for held in snapshot.pinned.values():
        match = held.find(path, request.method)
        if match is not None and match.held is not None:
            yield matched(match.held, match.values, path, request.query)


def is_pinned(decision: Decision) -> bool:
    """Whether the decision is about the version that its caller is pinned to."""
    consumer, contract = decision.consumer, decision.contract
    if consumer is None or contract is None:
        return False
    return consumer.pins.get((contract.name, contract.major)) == contract.version


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
