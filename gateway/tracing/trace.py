"""The trace of one call while it lasts: its ids, and each time that it was sent to an upstream."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import getrandbits
from time import time_ns

from gateway.verdicts import Header

from .context import PARENT, STATE

_FIELDS = (PARENT, STATE)


@dataclass(slots=True)
class Attempt:
    """One request to an upstream. Times are nanoseconds since 1970; `status` is 0 where no response came."""

    span_id: bytes
    upstream: str
    started: int
    ended: int = 0
    status: int = 0
    failed: bool = False


@dataclass(slots=True)
class Trace:
    """`told` are the header fields of the answer that name the trace."""

    trace_id: bytes
    span_id: bytes
    parent_id: bytes | None
    sampled: bool
    state: bytes
    told: tuple[Header, ...]
    started: int = field(default_factory=time_ns)
    attempts: list[Attempt] = field(default_factory=list)

    def sent(self, headers: list[Header], upstream: str) -> tuple[list[Header], bytes]:
        """The call goes to an upstream: its header fields without the caller's context, and lines with ours."""
        sender = self.span_id
        if self.sampled:
            self._end()
            sender = new_span_id()
            self.attempts.append(Attempt(sender, upstream, time_ns()))
        if any(name in _FIELDS for name, _ in headers):
            headers = [held for held in headers if held[0] not in _FIELDS]
        lines = b"traceparent: 00-%s-%s-%s\r\n" % (self.trace_id, sender, b"01" if self.sampled else b"00")
        return headers, lines + b"tracestate: %s\r\n" % self.state if self.state else lines

    def answered(self, status: int) -> None:
        """The upstream's response is complete."""
        if self.attempts:
            self.attempts[-1].status = status
            self._end()

    def failed(self) -> None:
        """No usable response came."""
        if self.attempts:
            self.attempts[-1].failed = True
            self._end()

    def _end(self) -> None:
        if self.attempts and not self.attempts[-1].ended:
            self.attempts[-1].ended = time_ns()


def new_trace_id() -> bytes:
    """32 digits of hex, not all zero. Ids are no secrets; the generator is seeded anew in forked processes."""
    return b"%032x" % (getrandbits(128) or 1)


def new_span_id() -> bytes:
    """16 digits of hex, not all zero."""
    return b"%016x" % (getrandbits(64) or 1)
