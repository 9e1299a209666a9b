"""Calls through Envoy as observers hear of them: judged in two halves, counted as one."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Protocol

from gateway.snapshot.snapshot import Snapshot
from gateway.tracing.trace import Trace
from gateway.verdicts import Decision, Header, Outcome, Refusal, Request, Verdict

from .processing import Processing

_MOST = 10_000
"""Calls whose response has not come; the oldest beyond are counted without what was found in their request."""
_GONE = 499


@dataclass(slots=True)
class Call:
    """What observers look at of a call. `started` is a reading of the clock that does not go back."""

    decision: Decision
    request: Request
    started: float
    trace: Trace | None = None
    """Always None: spans are Envoy's own."""
    headers: list[Header] = field(default_factory=list)
    """Of the response."""


class Record(Protocol):
    """Takes a call that is over."""

    def __call__(
        self,
        call: Call,
        status: int,
        outcome: Outcome,
        verdict: Verdict | None,
        body: bytes,
        refusal: Refusal | None,
    ) -> None: ...


class Recording:
    """Joins the request that was let pass with the response that came."""

    def __init__(self, record: Record, now: Callable[[], float]) -> None:
        self._record = record
        self._now = now
        self._waiting: OrderedDict[str, Call] = OrderedDict()
        self._numbers = count()

    def refused(self, request: Request, decision: Decision, status: int, refusal: Refusal) -> None:
        """The call ends here."""
        outcome: Outcome = "violation" if decision.faults or refusal.faults else "refused"
        self._record(Call(decision, request, self._now()), status, outcome, None, b"", refusal)

    def passed(self, request: Request, decision: Decision) -> str:
        """The call goes on; gives the name by which its response will be known."""
        name = str(next(self._numbers))
        self._waiting[name] = Call(decision, request, self._now())
        if len(self._waiting) > _MOST:
            self._waiting.popitem(last=False)
        return name

    def answered(self, processing: Processing, snapshot: Snapshot) -> None:
        """The response has been judged, or never came."""
        operation = processing.operation
        if operation is None:
            return
        call = self._waiting.pop(processing.call, None)
        if call is None or call.decision.operation is not operation:
            # Another process of ours saw the request, or another bundle came between.
            consumer = snapshot.consumers.get(processing.consumer)
            decision = Decision(contract=operation.contract, operation=operation, consumer=consumer)
            call = Call(decision, Request("", b""), self._now())
        call.headers = processing.response.headers
        status = processing.response.status or _GONE
        if processing.refusal is not None:
            status = processing.refusal.status
        self._record(
            call,
            status,
            _outcome(call.decision, processing),
            processing.verdict,
            processing.response.body,
            processing.refusal,
        )


def _outcome(decision: Decision, processing: Processing) -> Outcome:
    verdict = processing.verdict
    if decision.faults or (verdict is not None and verdict.faults):
        return "violation"
    if processing.own or processing.refusal is not None or not processing.response.status:
        return "failed"
    return "unvalidated" if decision.unvalidated or (verdict is not None and verdict.unvalidated) else "ok"
