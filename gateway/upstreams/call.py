"""A call to a group of addresses: one try after another until one is answered, where that is safe."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from dataclasses import replace
from time import monotonic

from gateway.verdicts import Header

from .connection import Ticket
from .group import Endpoint, Group
from .policy import UNWELL
from .pool import Pool
from .receiving import TIMEOUT, Failure, Receiver
from .retrying import backoff


class Call:
    """It is the receiver of every try, and hands on what comes of the last one.

    `message` makes the request's bytes for an address. `safe`: the request may reach the upstream twice
    (RFC 9110 section 9.2.2, or it carries an Idempotency-Key and the policy says that this counts); what was never sent
    may always be tried elsewhere. Once the caller has been handed a head nothing is tried again.
    """

    __slots__ = (
        "_begun", "_counted", "_endpoint", "_group", "_head_only", "_left", "_loop", "_message", "_over", "_receiver", "_safe", "_seen", "_status",
        "_ticket", "_timer", "_tried",
    )  # fmt: skip

    def __init__(
        self,
        group: Group,
        receiver: Receiver,
        message: Callable[[Pool], bytes],
        *,
        head_only: bool,
        safe: bool,
        attempts: int | None = None,
    ) -> None:
        self._group = group
        self._receiver = receiver
        self._message = message
        self._head_only = head_only
        self._safe = safe
        self._left = group.retries.attempts if attempts is None else attempts
        self._loop = asyncio.get_running_loop()
        self._tried: list[Endpoint] = []
        self._endpoint: Endpoint | None = None
        self._ticket: Ticket | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._status = 0
        self._seen = False
        self._begun = False
        self._counted = False
        self._over = False

    def start(self) -> None:
        """Makes the first try. The receiver may hear at once that it is refused."""
        failure = self._group.enter(monotonic())
        if failure is not None:
            self._over = True
            self._receiver.response_failed(failure)
            return
        self._try()

    def _try(self) -> None:
        group = self._group
        endpoint = self._endpoint = group.pick(self._tried, monotonic())
        self._tried.append(endpoint)
        limit = group.retries.try_timeout
        self._timer = self._loop.call_later(limit, self._late) if limit is not None else None
        self._ticket = endpoint.pool.send(
            self._message(endpoint.pool), self, head_only=self._head_only, repeatable=self._safe
        )

    def _late(self) -> None:
        """The try took too long."""
        self._timer = None
        if self._ticket is not None:
            self._ticket.cancel()
        self.response_failed(TIMEOUT)

    # The response to a try

    def response_head(self, status: int, headers: list[Header], length: int | None) -> None:
        self._status = status
        if status in self._group.retries.statuses and self._may_retry(f"status {status}", headers=headers):
            if self._ticket is not None:
                self._ticket.drop()
            self._seen = True
            self._failed()
            self._again()
            return
        self._stop_timer()
        self._begun = True
        if self._endpoint is not None and status not in UNWELL:
            self._counted = self._group.answered(self._endpoint, monotonic())
        self._receiver.response_head(status, headers, length)

    def response_data(self, data: bytes) -> None:
        self._receiver.response_data(data)

    def response_trailers(self, trailers: list[Header]) -> None:
        self._receiver.response_trailers(trailers)

    def response_complete(self) -> None:
        if self._over:
            return
        well = self._status not in UNWELL
        if not well:
            self._failed()
        elif self._endpoint is not None and not self._counted:
            self._group.succeeded(self._endpoint, monotonic())
        self._end(well)
        self._receiver.response_complete()

    def response_failed(self, failure: Failure) -> None:
        if self._over:
            return
        self._stop_timer()
        if not failure.ours:
            self._failed()
        if not self._begun and (self._safe or not failure.sent) and self._may_retry(failure.kind, failure):
            self._seen = self._seen or failure.sent
            self._again()
            return
        self._end(None if failure.ours else False)
        self._receiver.response_failed(replace(failure, seen=True) if self._seen else failure)

    # Trying again

    def _may_retry(
        self, reason: str, failure: Failure | None = None, headers: list[Header] | None = None
    ) -> bool:
        """Whether there may be another try; it is then taken from the budget."""
        group, now = self._group, monotonic()
        if self._left <= 0 or not group.steady(now) or (headers is not None and not self._safe):
            return False
        told_to_wait = headers is not None and any(name == b"retry-after" for name, _ in headers)
        if (told_to_wait or (failure is not None and failure.ours)) and not group.elsewhere(self._tried, now):
            return False
        if not group.budget.take():
            return False
        self._left -= 1
        group.retried[reason] = group.retried.get(reason, 0) + 1
        return True

    def _again(self) -> None:
        self._stop_timer()
        self._ticket = None
        wait = backoff(self._group.retries, len(self._tried), random.random)
        self._timer = self._loop.call_later(wait, self._try)

    # What its receiver may do

    def pause(self) -> None:
        if self._ticket is not None:
            self._ticket.pause()

    def resume(self) -> None:
        if self._ticket is not None:
            self._ticket.resume()

    def cancel(self, *, late: bool = False) -> None:
        """Gives the call up; its receiver hears nothing more. `late`: because the upstream took too long."""
        if self._over:
            return
        waiting = self._ticket is None
        if self._ticket is not None:
            self._ticket.cancel()
        if late and not waiting:
            self._failed()
        self._end(False if late else None)

    def _failed(self) -> None:
        if self._endpoint is not None:
            self._group.failed(self._endpoint, monotonic())

    def _end(self, well: bool | None) -> None:
        self._over = True
        self._ticket = None  # which knows this receiver
        self._stop_timer()
        self._group.leave(well, monotonic(), counted=self._counted)

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
