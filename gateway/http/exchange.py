"""The course of one call: judged, sent on, the response judged, answered, counted."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from gateway import problems
from gateway.idempotency.answers import Answer, Claim
from gateway.idempotency.replays import REPLAYED
from gateway.pipeline import demands, examine, granted, judge_response
from gateway.upstreams.call import Call
from gateway.upstreams.group import Group
from gateway.upstreams.policy import USUAL
from gateway.upstreams.pool import IDEMPOTENT, Pool
from gateway.upstreams.receiving import BUSY, TIMEOUT, Failure, Way
from gateway.verdicts import PASSED, Decision, Header, Outcome, Refusal, Request, Response, Verdict

from .channel import Channel, Nobody
from .credentials import certificate_lines, stripped
from .failing import refusal_for
from .wire import NOT_IN_TRAILERS, request_head

if TYPE_CHECKING:
    from .runtime import Runtime

_STREAMS = (b"text/event-stream", b"multipart/x-mixed-replace")
_WITH_CONTENT = frozenset({"POST", "PUT", "PATCH"})
"""Methods whose requests have a length also where it is 0 (RFC 9110 section 8.6)."""
_NO_FIELDS: list[Header] = []
"""What there is before a response has come; nothing is ever put into it."""
_CLIENT_GONE = 499
"""The status under which a call is counted whose caller went away; nothing with it is ever sent."""


class Exchange:
    """One call. It is the receiver of its upstream's response.

    A response that is to be judged is held back until it is whole; any other passes through as it comes.
    """

    __slots__ = (
        "_channel", "_done", "_group", "_held", "_held_size", "_length", "_reached", "_runtime", "_settling", "_streaming", "_timer",
        "_trailers", "_verdict", "_way", "claim", "decision", "headers", "host", "keep_alive", "parts", "request", "size",
        "speaks_1_1", "started", "status", "trace",
    )  # fmt: skip

    def __init__(
        self, channel: Channel, runtime: Runtime, request: Request, host: bytes, decision: Decision
    ) -> None:
        self._channel = channel
        self._runtime = runtime
        self.request = request
        self.host = host
        self.decision = decision
        self.parts: list[bytes] = []
        self.size = 0
        self.keep_alive = True
        self.speaks_1_1 = True
        """Whether the caller takes chunks; of the requests on one connection some may be of HTTP/1.0."""
        """Whether the connection goes on after this, where it carries one call at a time (HTTP/1.1)."""
        self.started = runtime.now()
        self.trace = runtime.tracer.begin(request) if runtime.tracer is not None else None
        self.status = 0
        self.headers = _NO_FIELDS
        self._length: int | None = None
        self._held: list[bytes] = []
        self._held_size = 0
        self._streaming = False
        self._done = False
        self._reached = False
        """Whether an upstream may have seen the request."""
        self.claim: Claim | None = None
        """The hold on its Idempotency-Key, where keys are minded."""
        self._group: Group | None = None
        self._way: Way | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._trailers = _NO_FIELDS
        self._settling: asyncio.Task[None] | None = None
        self._verdict: Verdict | None = None

    # The request

    def run(self) -> None:
        """Judges the request, whose body is complete, and sends it on."""
        request, decision = self.request, self.decision
        if parts := self.parts:
            request.body = parts[0] if len(parts) == 1 else b"".join(parts)
            self.parts = []
        runtime = self._runtime
        if runtime.inside is not None and (refusal := runtime.turned_away(self)) is not None:
            self.refuse(refusal, "refused")
            return
        operation = decision.operation
        if decision.refusal is None and (
            decision.needs or runtime.shared is not None or (operation is not None and operation.pending)
        ):
            self._settling = asyncio.get_running_loop().create_task(self._settle())
            return
        self._judge()

    async def _settle(self) -> None:
        """Finds out what the decision needs, makes it again, and takes the call from shared allowances."""
        runtime, request = self._runtime, self.request
        if self.decision.needs:
            self.decision = await runtime.decided(request, self.decision)
        if runtime.shared is not None and self.decision.refusal is None:
            asked = demands(self.decision, request.client)
            if asked:
                grants = await runtime.shared.take(asked, runtime.clock())
                granted(self.decision, asked, grants)
        operation = self.decision.operation
        if operation is not None and operation.pending:
            # In a thread: large contracts take longer to read than others may wait. Why it fails is told by `examine`.
            await asyncio.to_thread(operation.prepare)
        self._settling = None
        if not self._done:
            self._judge()

    def _judge(self) -> None:
        request, decision = self.request, self.decision
        if self.trace is not None:
            decision.headers += self.trace.told
        operation = decision.operation
        if decision.refusal is None and operation is not None:
            group = self._group = self._runtime.groups.of(operation.contract)
            if group is not None and (group.full if group.plain is None else group.plain.full):
                self.refuse(refusal_for(BUSY), "failed")  # now, not after it has been looked at
                return
            examine(decision, request, self._runtime.snapshot.bounds)
        if decision.refusal is None:
            if operation is not None and operation.course.keys != "off":
                self._runtime.replays.begin(self, operation.course)
            else:
                self.proceed()
        else:
            self.refuse(
                decision.refusal, "violation" if decision.faults or decision.refusal.faults else "refused"
            )

    def proceed(self) -> None:
        """Sends the request on."""
        operation, group = self.decision.operation, self._group
        assert operation is not None
        if group is None:
            self.refuse(Refusal(503, "no-upstream", "The contract has no upstream"), "failed")
            return
        self._reached = True
        method = self.request.method
        idempotent = method in IDEMPOTENT
        course = operation.course
        if group.plain is not None and course is USUAL:
            pool = group.plain
            self._way = pool.send(
                self._message(pool), self, head_only=method == "HEAD", repeatable=idempotent
            )
            return
        if course.timeout is not None:
            self._channel.allow(self, course.timeout)
            self._timer = asyncio.get_running_loop().call_later(course.timeout, self.expire)
        safe = idempotent or (group.retries.idempotency_key and b"idempotency-key" in self.request.fields)
        call = self._way = Call(
            group, self, self._message, head_only=method == "HEAD", safe=safe, attempts=course.attempts
        )
        call.start()

    def _message(self, pool: Pool) -> bytes:
        """The request as it goes to an upstream; it is made anew for every try."""
        request, decision = self.request, self.decision
        operation = decision.operation
        assert operation is not None
        body, fields, consumer = request.body, request.fields, decision.consumer
        target, headers = decision.target, request.headers
        trust = self._runtime.evidence.trust
        if decision.proofs:
            target, headers = stripped(request, decision, forward=trust.forward_credentials)
        forwarded = self._channel.forwarded(request, self.host)
        if trust.certificates.proxies:
            forwarded += certificate_lines(request, trust.certificates)
        if self.trace is not None:
            self.trace.failed()  # what was tried before, if anything was
            headers, lines = self.trace.sent(headers, pool.address)
            forwarded += lines
        head = request_head(
            request.method.encode("ascii"),
            target,
            pool.authority,
            forwarded,
            headers,
            length=len(body) if body or request.method in _WITH_CONTENT else None,
            consumer=consumer.as_field if consumer is not None else None,
            restrict_coding=operation.modes.response != "off",
            declared=operation.overrides,
            trailers=b"te" in fields and b"trailers" in fields[b"te"].lower(),
        )
        return head + body if body else head

    # The response, as it comes

    def response_head(self, status: int, headers: list[Header], length: int | None) -> None:
        self.status = status
        self.headers = headers
        self._length = length
        operation = self.decision.operation
        assert operation is not None
        if operation.modes.response == "off" and self.claim is None:
            self._stream("response validation is off")
        elif _is_stream(headers):
            self._stream("the response is a stream")
        elif (
            length is not None
            and length > self._runtime.snapshot.bounds.response_body
            and self.request.method != "HEAD"
        ):
            self._too_large()

    def response_data(self, data: bytes) -> None:
        if self._done:
            return
        if self._streaming:
            self._channel.data(data)
            return
        self._held.append(data)
        self._held_size += len(data)
        if self._held_size > self._runtime.snapshot.bounds.response_body:
            self._too_large()

    def response_trailers(self, trailers: list[Header]) -> None:
        """Kept for a caller that takes them (TE: trailers); what a trailer must not say is left out."""
        if b"trailers" in self.request.fields.get(b"te", b"").lower():
            self._trailers = [held for held in trailers if held[0] not in NOT_IN_TRAILERS]

    def response_complete(self) -> None:
        if self._done:
            return
        if self.trace is not None:
            self.trace.answered(self.status)
        decision = self.decision
        if self._streaming:
            self._count(self.status, self._outcome())
            self._done = True
            self._channel.end(self, self._trailers)
            return
        held = self._held
        body = held[0] if len(held) == 1 else b"".join(held)
        operation = decision.operation
        assert operation is not None
        response = Response(self.status, self.headers, body)
        verdict = judge_response(operation, self.request.method, response, self._runtime.snapshot.bounds)
        self._verdict = verdict
        if verdict.refusal is not None:
            self.refuse(verdict.refusal, "violation", body)
            return
        self._count(self.status, self._outcome(), body)
        length = self._length if self.request.method == "HEAD" else None if self._is_bodyless() else len(body)
        self._done = True
        self._channel.answer(self, self.status, self.headers, decision.headers, length, body)

    def response_failed(self, failure: Failure) -> None:
        """502, 503 or 504; a response that has begun can only be cut off."""
        if self._done:
            return
        if self.trace is not None:
            self.trace.failed()
        if self.status and self._streaming:
            self._count(self.status, "failed")
            self._done = True
            self._channel.abort()
            return
        if not failure.sent:
            self._reached = False
        self.refuse(refusal_for(failure), "failed")

    # What can go wrong on the way

    def expire(self) -> None:
        """The upstream took too long."""
        if self._done:
            return
        self._give_up(late=True)
        if self._streaming:
            self._count(self.status, "failed")
            self._done = True
            self._channel.abort()
        else:
            self.refuse(refusal_for(TIMEOUT), "failed")

    def client_gone(self) -> None:
        """The caller has closed its connection; nobody is left to answer."""
        if self._done:
            return
        if self.claim is not None and not self._streaming:
            # Whoever comes back with the same key is to find the answer.
            self._channel = Nobody(self._channel.forwarded(self.request, self.host))
            self._runtime.adopt(self)
            if self._timer is None:
                limit = self._runtime.timeouts.upstream
                self._timer = asyncio.get_running_loop().call_later(limit, self.expire)
            return
        self._done = True
        self._give_up()
        self._count(_CLIENT_GONE, "failed")

    def pause(self) -> None:
        if self._way is not None and self._streaming:
            self._way.pause()

    def resume(self) -> None:
        if self._way is not None and self._streaming:
            self._way.resume()

    def _give_up(self, *, late: bool = False) -> None:
        if self._settling is not None:
            self._settling.cancel()
        if self._way is not None:
            self._way.cancel(late=late)

    def _stream(self, reason: str) -> None:
        self.decision.unvalidated += (reason,)
        self._streaming = True
        if self._timer is not None:
            self._timer.cancel()  # each piece of it has time again
        bodyless = self._is_bodyless()
        length = None if bodyless and self.request.method != "HEAD" else self._length
        self._channel.begin(self, self.status, self.headers, self.decision.headers, length, bodyless)
        for data in self._held:
            self.response_data(data)
        self._held = []

    def _too_large(self) -> None:
        operation = self.decision.operation
        assert operation is not None
        if operation.modes.response == "enforce":
            self._give_up()
            detail = "It is larger than what is held back for validation."
            self.refuse(
                Refusal(502, "response-too-large", "The upstream's response is too large", detail), "failed"
            )
        else:
            self._stream("the response is too large to be looked at")

    def _is_bodyless(self) -> bool:
        return self.request.method == "HEAD" or self.status in (204, 304)

    # The end

    def refuse(self, refusal: Refusal, outcome: Outcome, body: bytes = b"") -> None:
        """Answers with a problem document."""
        if self._done:
            return
        status, headers, document = problems.answer(refusal, self.decision.headers)
        self._count(status, outcome, body, refusal)
        self._done = True
        length = len(document)
        self._channel.answer(
            self, status, headers, (), length, b"" if self.request.method == "HEAD" else document
        )

    def turn_down(self, refusal: Refusal) -> None:
        """Answers a call that goes no further for its Idempotency-Key."""
        self.refuse(refusal, "refused")

    def replay(self, answer: Answer) -> None:
        """Answers as the first call with the same key was answered."""
        self.status, self.headers = answer.status, list(answer.headers)
        self._count(self.status, self._outcome(), answer.body)
        self._done = True
        length = None if self._is_bodyless() else len(answer.body)
        extra = (*self.decision.headers, REPLAYED)
        self._channel.answer(self, self.status, self.headers, extra, length, answer.body)

    @property
    def held(self) -> int:
        """Bytes of its bodies that are in memory."""
        return self.size + self._held_size

    @property
    def over(self) -> bool:
        return self._done

    def _outcome(self) -> Outcome:
        verdict, decision = self._verdict or PASSED, self.decision
        if decision.faults or verdict.faults:
            return "violation"
        if decision.unvalidated or verdict.unvalidated:
            return "unvalidated"
        return "ok"

    def _count(
        self, status: int, outcome: Outcome, body: bytes = b"", refusal: Refusal | None = None
    ) -> None:
        self._way = (
            None  # it knows its receiver: the two would keep each other until the garbage collector comes
        )
        if self._timer is not None:
            self._timer.cancel()
        if self.claim is not None:
            whole = refusal is None and outcome != "failed" and not self._streaming
            claim, self.claim = self.claim, None
            self._runtime.replays.end(
                claim,
                sent=self._reached,
                status=self.status,
                headers=self.headers,
                body=body if whole else None,
            )
        self._runtime.record(self, status, outcome, self._verdict, body, refusal)


def _is_stream(headers: list[Header]) -> bool:
    for name, value in headers:  # noqa: SIM110 - of every response: a generator takes three times as long
        if name == b"content-type" and value.lower().startswith(_STREAMS):
            return True
    return False
