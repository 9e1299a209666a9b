"""Recorded exchanges held against contracts, by the decisions that the gateway makes live."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime

from gateway.observations.redaction import sample, told
from gateway.pipeline import decide, examine, judge_response
from gateway.snapshot.snapshot import Snapshot
from gateway.verdicts import Decision, Fault, Place, Response

from .recorded import Recorded, Unread, is_preflight
from .summary import MOST, Endpoint, Summary, Violation
from .words import template_of

_INDEX = re.compile(r"/\d+(?=/|\Z)")
_BY_HEADERS = frozenset({"header", "cookie", "security"})
_REFUSED = frozenset({404, 405, 410, 501})
_EMPTY: Mapping[tuple[str, str], date] = {}


class Auditor:
    """Judges exchanges one after the other and keeps what it found in `summary`.

    `hosts` restricts what is looked at; empty for all. `sunsets` are the last days of single operations, by
    contract and operation. `now` stands for the time of exchanges that do not tell theirs.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        now: float,
        *,
        hosts: frozenset[str] = frozenset(),
        sunsets: Mapping[tuple[str, str], date] = _EMPTY,
    ) -> None:
        self._snapshot = snapshot
        self._now = now
        self._hosts = hosts
        self._sunsets = sunsets
        self.summary = Summary()

    def run(self, recording: Iterable[Recorded | Unread]) -> Summary:
        """Judges a whole recording and adds what was never called."""
        for found in recording:
            if isinstance(found, Unread):
                self.summary.unread[found.reason] += 1
                self.summary.first_unread = self.summary.first_unread or found.where
            else:
                self.judge(found)
        declared = {
            (_name(entry.contract.name, entry.contract.version), operation.key)
            for entry in self._snapshot.compiled
            for _, _, operation in entry.operations
        }
        self.summary.unused = sorted(declared - self.summary.called.keys())
        return self.summary

    def judge(self, exchange: Recorded) -> None:
        """Judges one exchange."""
        summary = self.summary
        if self._hosts and exchange.host not in self._hosts:
            summary.skipped["another host"] += 1
            return
        if is_preflight(exchange):
            summary.skipped["preflight of a browser"] += 1
            return
        summary.exchanges += 1
        decision = decide(
            self._snapshot, exchange.request, now=self._now if exchange.at is None else exchange.at
        )
        operation, contract = decision.operation, decision.contract
        unknown = decision.refusal is not None and decision.refusal.code in (
            "not-found",
            "method-not-allowed",
        )
        if unknown or (operation is not None and not operation.key):
            self._shadow(exchange, decision)
            return
        if operation is None or contract is None:
            self._violations(
                exchange, decision, "request", decision.refusal.faults if decision.refusal else ()
            )
            if decision.refusal is not None and not decision.refusal.faults:
                summary.unvalidated[decision.refusal.title] += 1
            return
        name = _name(contract.name, contract.version)
        summary.called[name, operation.key] += 1
        if decision.refusal is not None and decision.refusal.code == "gone":
            self._zombie(exchange, name, operation.key, decision.refusal.detail)
            return
        if (end := self._sunsets.get((name, operation.key))) is not None and self._day(exchange) > end:
            self._zombie(exchange, name, operation.key, f"It was to be served until {end:%Y-%m-%d}.")
        admitted = decision.refusal is None or bool(decision.faults) or self._turned_away(exchange, decision)
        if self._both(exchange, decision) and admitted:
            summary.conforming += 1

    def _turned_away(self, exchange: Recorded, decision: Decision) -> bool:
        """Tells what admission refused, and has the rest judged all the same; whether the call may count as conforming."""
        refusal, decision.refusal = decision.refusal, None
        assert refusal is not None
        examine(decision, exchange.request, self._snapshot.bounds)
        by_caller = refusal.status in (401, 403)
        if by_caller and not exchange.knows.headers:
            self.summary.unvalidated["credentials were not recorded"] += 1
            return True
        place: Place = "security" if by_caller else "route"
        told = refusal.faults or (Fault(place, "", refusal.detail or refusal.title, refusal.code),)
        self._violations(exchange, decision, "request", told)
        return False

    def _both(self, exchange: Recorded, decision: Decision) -> bool:
        """Whether neither the request nor the response has a fault; what was not recorded is counted."""
        operation, knows = decision.operation, exchange.knows
        assert operation is not None
        faults = _within(decision.faults, knows.headers, knows.body)
        self._violations(exchange, decision, "request", faults)
        reasons = list(decision.unvalidated)
        if not knows.headers and (operation.in_header or operation.in_cookie):
            reasons.append("header fields of requests were not recorded")
        if not knows.body and operation.body is not None:
            reasons.append("bodies of requests were not recorded")
        found: tuple[Fault, ...] = ()
        if exchange.response is None:
            reasons.append("there is no response")
        else:
            verdict = judge_response(
                operation, exchange.request.method, exchange.response, self._snapshot.bounds
            )
            found = _within(verdict.faults, knows.response_headers, knows.response_body)
            self._violations(exchange, decision, "response", found)
            reasons += verdict.unvalidated
            answer = operation.answer(exchange.response.status)
            if answer is not None and answer.described and not knows.response_body:
                reasons.append("bodies of responses were not recorded")
        self.summary.unvalidated.update(dict.fromkeys(reasons, 1))
        return not faults and not found

    def _violations(
        self, exchange: Recorded, decision: Decision, direction: str, faults: tuple[Fault, ...]
    ) -> None:
        contract, operation = decision.contract, decision.operation
        name = _name(contract.name, contract.version) if contract is not None else ""
        key = operation.key if operation is not None else template_of(exchange.request)
        for fault in faults:
            where, message = told(fault)
            pointer = _INDEX.sub("/*", where)
            identity = (name, key, direction, fault.place, pointer, fault.code, fault.schema_pointer or "")
            held = self.summary.violations.get(identity)
            if held is None:
                if len(self.summary.violations) >= MOST:
                    self.summary.beyond += 1
                    continue
                body = exchange.request.body if direction == "request" else _body(exchange.response)
                shown = sample(body, fault.pointer) if fault.place == "body" else None
                held = self.summary.violations[identity] = Violation(
                    name, key, direction, fault.place, pointer, fault.code, message[:500],
                    fault.schema_pointer or "", exchange.where, shown,
                )  # fmt: skip
            held.count += 1

    def _shadow(self, exchange: Recorded, decision: Decision) -> None:
        status = exchange.response.status if exchange.response is not None else None
        target = self.summary.probes if status in _REFUSED else self.summary.shadow
        contract = decision.contract
        name = _name(contract.name, contract.version) if contract is not None else ""
        assert decision.refusal is not None
        self._endpoint(target, exchange, name, template_of(exchange.request), decision.refusal.title)

    def _zombie(self, exchange: Recorded, name: str, key: str, reason: str) -> None:
        self._endpoint(self.summary.zombies, exchange, name, key, reason)

    def _endpoint(
        self, target: dict[tuple[str, ...], Endpoint], exchange: Recorded, name: str, key: str, reason: str
    ) -> None:
        identity = (exchange.host, name, key)
        held = target.get(identity)
        if held is None:
            if len(target) >= MOST:
                self.summary.beyond += target is not self.summary.probes
                return
            held = target[identity] = Endpoint(name, key, exchange.host, reason, exchange.where)
        held.count += 1
        held.statuses[str(exchange.response.status) if exchange.response is not None else "none"] += 1

    def _day(self, exchange: Recorded) -> date:
        return datetime.fromtimestamp(self._now if exchange.at is None else exchange.at, UTC).date()


def _within(faults: tuple[Fault, ...], headers: bool, body: bool) -> tuple[Fault, ...]:
    """The faults of what was recorded: what is missing from a recording was not missing from the call."""
    return tuple(
        fault
        for fault in faults
        if (headers or fault.place not in _BY_HEADERS) and ((headers and body) or fault.place != "body")
    )


def _body(response: Response | None) -> bytes:
    return response.body if response is not None else b""


def _name(name: str, version: str) -> str:
    return f"{name}@{version}"
