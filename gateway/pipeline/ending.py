"""What a version that is going away answers: brownouts on their timetable, and 410 when it has ended."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import UTC, datetime

from gateway.lifecycle import headers_of
from gateway.snapshot.contract import Brownout, Contract
from gateway.verdicts import Decision, Refusal


def lifecycle(decision: Decision, now: float) -> None:
    """Refuses what has ended. A consumer with an extension is served, and told of its own date."""
    contract = decision.contract
    assert contract is not None
    until = _extension(decision, contract)
    if until is not None and now < until and contract.lifecycle.state != "retired":
        own = replace(contract.lifecycle, sunset_at=datetime.fromtimestamp(until, UTC))
        decision.headers = headers_of(own)
        return
    if contract.sunset is not None and contract.sunset <= now:
        decision.refusal = _gone(contract)
        return
    for brownout in contract.brownouts:
        if brownout.starts <= now < brownout.ends:
            decision.refusal = _browned_out(contract, brownout, now)
            return


def _extension(decision: Decision, contract: Contract) -> float | None:
    consumer = decision.consumer
    return consumer.extensions.get(contract.line) if consumer is not None else None


def _gone(contract: Contract) -> Refusal:
    known = contract.lifecycle
    detail = f"{contract.name} {contract.version} is no longer served."
    if known.sunset_at is not None and known.state != "retired":
        detail = f"{contract.name} {contract.version} was served until {known.sunset_at:%Y-%m-%d}."
    return Refusal(410, "gone", "This version has ended", detail + _successor(contract))


def _browned_out(contract: Contract, brownout: Brownout, now: float) -> Refusal:
    back = datetime.fromtimestamp(brownout.ends, UTC)
    return Refusal(
        brownout.status,
        "brownout",
        "This version is out of service for a while, as announced",
        f"{contract.name} {contract.version} is going away. It answers again at {back:%Y-%m-%dT%H:%M:%SZ}."
        + _successor(contract),
        headers=((b"retry-after", b"%d" % max(1, math.ceil(brownout.ends - now))),),
    )


def _successor(contract: Contract) -> str:
    successor = contract.lifecycle.replacement_url or contract.lifecycle.replacement
    return f" Use {successor}." if successor else ""
