"""Calls and violations, as they are counted."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

from gateway.tracing.context import trace_id_of
from gateway.verdicts import Decision, Fault, Outcome, Refusal, Request, Verdict

from .redaction import sample, told
from .shadows import Shadows
from .spool import Spool

if TYPE_CHECKING:
    from gateway.http.exchange import Exchange

_INDEX = re.compile(r"/\d+(?=/|\Z)")
_UNKNOWN = frozenset({"not-found", "method-not-allowed"})
_METHODS = frozenset({
    "GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH", "QUERY",
})  # fmt: skip
_POINTERS = 50
"""Places of one kind of fault at one operation that are told apart; callers can make up any number of names."""
_KINDS = 20_000
_BEYOND = "/…"
_Call: TypeAlias = tuple[str, str, str, str | None, Outcome, int]
"""Contract, version, operation (empty for none), consumer, outcome, status."""


class Counting:
    """Counts every call under a known contract, and what was wrong with it, in the spool."""

    def __init__(self, spool: Spool, clock: Callable[[], float]) -> None:
        self._spool = spool
        self._clock = clock
        self._pointers: dict[tuple[str | None, ...], set[str]] = {}
        self.shadows = Shadows()

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
        contract, operation, consumer = decision.contract, decision.operation, decision.consumer
        key = operation.key if operation is not None else ""
        now = self._clock()
        if not key and (operation is not None or (refusal is not None and refusal.code in _UNKNOWN)):
            self._shadow(decision, exchange.request, status, now)
        if contract is None:
            return
        who = consumer.id if consumer is not None else None
        identity = (contract.name, contract.version, key, who, outcome, status)
        if not self._spool.again(identity, now):
            self._first(identity, now)
        if outcome == "ok":
            return
        faults = decision.faults or (refusal.faults if refusal is not None and verdict is None else ())
        for fault in faults:
            if fault.place not in ("security", "route"):
                self._violation(exchange, "request", fault, exchange.request.body, now)
        if verdict is not None:
            for fault in verdict.faults:
                self._violation(exchange, "response", fault, body, now)

    def _first(self, identity: _Call, now: float) -> None:
        contract, version, operation, consumer, outcome, status = identity
        self._spool.count(
            identity,
            lambda: {
                "kind": "call",
                "contract": contract,
                "version": version,
                "operation": operation or None,
                "consumer": consumer,
                "outcome": outcome,
                "status": status,
            },
            now,
        )

    def _shadow(self, decision: Decision, request: Request, status: int, now: float) -> None:
        """Counts a call of something that is in no contract."""
        name = decision.contract.name if decision.contract is not None else None
        consumer = decision.consumer.id if decision.consumer is not None else None
        path = self.shadows.template(name or "", request.path)
        method = (request.method if request.method in _METHODS else "OTHER") if path else ""
        passed = decision.operation is not None
        self._spool.count(
            ("shadow", name, method, path, consumer, passed),
            lambda: {
                "kind": "shadow",
                "contract": name,
                "method": method,
                "path": path,
                "consumer": consumer,
                "passed": passed,
                "status": status,
            },
            now,
        )

    def _place(self, kind: tuple[str | None, ...], pointer: str) -> str:
        """The pointer, without indexes; `/…` once too many different ones were seen."""
        pointer = _INDEX.sub("/*", pointer)
        known = self._pointers.get(kind)
        if known is None:
            if len(self._pointers) >= _KINDS:
                self._pointers.clear()
            known = self._pointers[kind] = set()
        if pointer not in known:
            if len(known) >= _POINTERS:
                return _BEYOND
            known.add(pointer)
        return pointer

    def _violation(self, exchange: Exchange, direction: str, fault: Fault, body: bytes, now: float) -> None:
        decision = exchange.decision
        contract = decision.contract
        assert contract is not None
        operation = (decision.operation.key or None) if decision.operation is not None else None
        kind = (contract.name, contract.version, operation, direction, fault.place)
        where, message = told(fault)
        pointer = self._place((*kind, fault.code), where)
        beyond = pointer == _BEYOND
        identity = (*kind, pointer, fault.code, "" if beyond else fault.schema_pointer)

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
                "pointer": pointer if beyond else where[:1000],
                "schema_pointer": identity[-1] or "",
                "code": fault.code,
                "message": message[:1000],
                "sample": sample(body, fault.pointer) if fault.place == "body" else None,
                "trace_id": _trace_id(exchange),
            }

        self._spool.count(identity, describe, now)


def _trace_id(exchange: Exchange) -> str | None:
    """Of the call that a violation was first seen in."""
    trace = exchange.trace
    return trace.trace_id.decode() if trace is not None else trace_id_of(exchange.request.fields)


def fingerprint(identity: tuple[str | None, ...]) -> str:
    """The same for the same fault at the same place of the same operation, whatever the index in a list."""
    return hashlib.sha256("\0".join(part or "" for part in identity).encode("utf-8", "replace")).hexdigest()[
        :32
    ]
