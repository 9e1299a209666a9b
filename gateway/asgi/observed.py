"""What the middleware tells of a call that is over."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from gateway.logs import in_words
from gateway.verdicts import Decision, Fault, Outcome, Refusal, Verdict

_log = logging.getLogger("lading.gateway")
_MOST = 3


@dataclass(frozen=True, slots=True)
class Observed:
    """A call, without any of its values.

    `operation` is the method and the template, None where none matched. `status` is 0 where monitoring let a
    call pass that nothing is declared for: its response is not looked at.
    """

    operation: str | None
    status: int
    outcome: Outcome
    refusal: Refusal | None
    faults: tuple[Fault, ...]
    unvalidated: tuple[str, ...]


def observed(
    decision: Decision, status: int, verdict: Verdict | None, refusal: Refusal | None, *, failed: bool = False
) -> Observed:
    """Puts together what was found in the request and in the response."""
    faults = decision.faults or (refusal.faults if refusal is not None and verdict is None else ())
    unvalidated = decision.unvalidated
    if verdict is not None:
        faults += verdict.faults
        unvalidated += verdict.unvalidated
    outcome: Outcome
    if failed:
        outcome = "failed"
    elif faults:
        outcome = "violation"
    elif refusal is not None:
        outcome = "refused"
    else:
        outcome = "unvalidated" if unvalidated else "ok"
    key = decision.operation.key if decision.operation is not None else None
    return Observed(key, status, outcome, refusal, faults, unvalidated)


def log(call: Observed) -> None:
    """Writes violations, refusals and failures as warnings of the logger `lading.gateway`."""
    if call.outcome in ("ok", "unvalidated"):
        return
    found = "; ".join(in_words(fault) for fault in call.faults[:_MOST])
    reason = found or (call.refusal.title if call.refusal is not None else "no usable answer")
    _log.warning("%s %d %s: %s", call.operation or "no operation", call.status, call.outcome, reason)
