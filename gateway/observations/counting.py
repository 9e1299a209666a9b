"""Calls and violations, as they are counted."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from gateway.verdicts import Decision, Fault, Outcome, Refusal, Verdict

from .redaction import sample
from .spool import Spool

if TYPE_CHECKING:
    from gateway.http.exchange import Exchange

_INDEX = re.compile(r"/\d+(?=/|\Z)")


class Counting:
    """Counts every call under a known contract, and what was wrong with it, in the spool."""

    def __init__(self, spool: Spool, clock: Callable[[], float]) -> None:
        self._spool = spool
        self._clock = clock

    def record(
        self,
        exchange: Exchange,
        status: int,
        outcome: Outcome,
        verdict: Verdict | None,
        body: bytes,
        refusal: Refusal | None,
        seconds: float,
    ) -> None:
        decision = exchange.decision
        contract = decision.contract
        if contract is None:
            return
        operation = (decision.operation.key or None) if decision.operation is not None else None
        consumer = decision.consumer.id if decision.consumer is not None else None
        now = self._clock()
        identity = (contract.name, contract.version, operation, consumer, outcome, status)
        self._spool.count(identity, lambda: _call(identity), now)
        faults = decision.faults or (refusal.faults if refusal is not None and verdict is None else ())
        for fault in faults:
            if fault.place != "security":
                self._violation(decision, "request", fault, exchange.request.body, now)
        if verdict is not None:
            for fault in verdict.faults:
                self._violation(decision, "response", fault, body, now)

    def _violation(self, decision: Decision, direction: str, fault: Fault, body: bytes, now: float) -> None:
        contract = decision.contract
        assert contract is not None
        operation = (decision.operation.key or None) if decision.operation is not None else None
        pointer = _INDEX.sub("/*", fault.pointer)
        identity = (
            contract.name, contract.version, operation, direction, fault.place, pointer, fault.code,
            fault.schema_pointer,
        )  # fmt: skip

        def describe() -> dict[str, Any]:
            known = {
                "contract": contract.name,
                "version": contract.version,
                "operation": operation,
                "consumer": decision.consumer.id if decision.consumer is not None else None,
            }
            return {
                "kind": "violation",
                "fingerprint": fingerprint(identity),
                **known,
                "direction": direction,
                "location": fault.place,
                "pointer": fault.pointer[:1000],
                "schema_pointer": fault.schema_pointer or "",
                "code": fault.code,
                "message": fault.message[:1000],
                "sample": sample(body, fault.pointer) if fault.place == "body" else None,
            }

        self._spool.count(identity, describe, now)


def fingerprint(identity: tuple[str | None, ...]) -> str:
    """The same for the same fault at the same place of the same operation, whatever the index in a list."""
    return hashlib.sha256("\0".join(part or "" for part in identity).encode("utf-8", "replace")).hexdigest()[
        :32
    ]


def _call(identity: tuple[str, str, str | None, str | None, str, int]) -> dict[str, Any]:
    contract, version, operation, consumer, outcome, status = identity
    return {
        "kind": "call",
        "contract": contract,
        "version": version,
        "operation": operation,
        "consumer": consumer,
        "outcome": outcome,
        "status": status,
    }
