"""Who is traced, and what becomes of it when a call is over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from time import time_ns
from typing import TYPE_CHECKING

from gateway.verdicts import Outcome, Refusal, Request, Verdict

from . import describing, otlp
from .context import parse
from .trace import Trace, new_span_id, new_trace_id

if TYPE_CHECKING:
    from gateway.http.exchange import Exchange

_ALL = 1 << 64


@dataclass(frozen=True, slots=True)
class Tracing:
    """Where spans go and which. `endpoint` is the collector's OTLP/HTTP address, `headers` what it is sent with it.

    `ratio` is the share of traces that is recorded. With `parents` the caller's sampled flag counts before it.
    `response_header` names the header field of answers that tells the trace's id; empty for none.
    """

    endpoint: str
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    ratio: float = 1.0
    parents: bool = True
    response_header: str = ""
    service: str = "lading-gateway"
    resource: tuple[tuple[str, str], ...] = ()


class Tracer:
    """Gives calls their trace, and hands the spans of those that are sampled to `export`, encoded."""

    def __init__(self, tracing: Tracing, export: Callable[[bytes], None]) -> None:
        self._export = export
        self._parents = tracing.parents
        self._bound = round(tracing.ratio * _ALL)
        self._header = tracing.response_header.lower().encode()

    def begin(self, request: Request) -> Trace:
        """The trace of a call: the caller's, or a new one."""
        context = parse(request.fields)
        if context is None:
            trace_id, parent, state = new_trace_id(), None, b""
            sampled = self._chosen(trace_id)
        else:
            trace_id, parent, state = context.trace_id, context.parent_id, context.state
            sampled = context.sampled if self._parents else self._chosen(trace_id)
        told = ((self._header, trace_id),) if self._header else ()
        return Trace(trace_id, new_span_id(), parent, sampled, state, told)

    def _chosen(self, trace_id: bytes) -> bool:
        """By the lower half of the id, so that every gateway with this ratio chooses the same traces."""
        return int(trace_id[16:], 16) < self._bound

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
        trace = exchange.trace
        if trace is None or not trace.sampled:
            return
        now = time_ns()
        request, decision = exchange.request, exchange.decision
        method = describing.method_of(request)
        for number, attempt in enumerate(trace.attempts):
            told = describing.client(request, decision, attempt, number)
            self._export(
                otlp.span(
                    trace.trace_id, attempt.span_id, trace.span_id, trace.state, describing.name_of(method, ""),
                    otlp.CLIENT, attempt.started, attempt.ended or now, otlp.attributes(told),
                    failed="error.type" in told,
                )
            )  # fmt: skip
        told = describing.server(request, exchange.host, decision, status, outcome, verdict, refusal)
        name = describing.name_of(method, describing.route_of(decision))
        self._export(
            otlp.span(
                trace.trace_id, trace.span_id, trace.parent_id, trace.state, name, otlp.SERVER, trace.started, now,
                otlp.attributes(told), failed=status >= 500, remote=trace.parent_id is not None,
            )
        )  # fmt: skip
