"""The upstream's half of a handshake, over a connection of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from time import monotonic
from typing import Protocol, cast

import httptools

from gateway.upstreams.connection import MAX_HEAD
from gateway.upstreams.group import Group
from gateway.upstreams.policy import UNWELL
from gateway.upstreams.pool import Pool
from gateway.upstreams.receiving import Failure, Receiver
from gateway.verdicts import Header, Request, fields_of

from .handshake import check_answer


class Opener(Receiver, Protocol):
    """Who wants the WebSocket: it hears of a 101 that fits, or of any other response."""

    request: Request

    def switched(self, headers: list[Header], rest: bytes, transport: asyncio.Transport) -> None: ...


class Dial:
    """The one try at a connection of its own, and what the group of addresses learns from it."""

    def __init__(self, group: Group, exchange: Opener) -> None:
        self._group = group
        self._exchange = exchange
        self._endpoint = group.pick((), monotonic())
        self._task: asyncio.Task[None] | None = None
        self._upstream: Upstream | None = None
        self._status = 0
        self._over = False

    def start(self, message: Callable[[Pool], bytes]) -> None:
        head = message(self._endpoint.pool)
        self._task = asyncio.get_running_loop().create_task(self._dial(head))

    async def _dial(self, head: bytes) -> None:
        found = await self._endpoint.pool.dial(lambda: Upstream(self, head))
        if isinstance(found, Failure):
            self.response_failed(found)
        else:
            self._upstream = found

    # What the upstream answers

    def response_head(self, status: int, headers: list[Header], length: int | None) -> None:
        self._status = status
        self._exchange.response_head(status, headers, length)

    def response_data(self, data: bytes) -> None:
        self._exchange.response_data(data)

    def response_complete(self) -> None:
        if self._end(self._status not in UNWELL):
            self._exchange.response_complete()

    def response_failed(self, failure: Failure) -> None:
        if self._end(False):
            self._exchange.response_failed(failure)

    def switched(self, headers: list[Header], rest: bytes, transport: asyncio.Transport) -> None:
        """The upstream has answered 101."""
        reason = check_answer(self._exchange.request.fields, fields_of(headers))
        if reason:
            transport.abort()
            self.response_failed(Failure("malformed", reason))
        elif self._end(True):
            self._exchange.switched(headers, rest, transport)
        else:
            transport.abort()

    def _end(self, well: bool | None) -> bool:
        """Whether this is the end of it; there is only one. `well` is None where it says nothing about the upstream."""
        if self._over:
            return False
        self._over = True
        now = monotonic()
        if well is not None:
            (self._group.succeeded if well else self._group.failed)(self._endpoint, now)
        self._group.leave(well, now)
        return True

    # What its exchange may do

    def pause(self) -> None:
        if self._upstream is not None:
            self._upstream.pause()

    def resume(self) -> None:
        if self._upstream is not None:
            self._upstream.resume()

    def cancel(self, *, late: bool = False) -> None:
        if not self._end(False if late else None):
            return
        if self._task is not None:
            self._task.cancel()
        if self._upstream is not None:
            self._upstream.abandon()


class Upstream(asyncio.Protocol):
    """The upstream's end of the handshake. The parser calls the `on_…` methods."""

    def __init__(self, receiver: Dial, head: bytes) -> None:
        self._receiver: Dial | None = receiver
        self._head = head
        self._parser = httptools.HttpResponseParser(self)
        self._transport: asyncio.Transport | None = None
        self._headers: list[Header] = []
        self._size = 0
        self._length: int | None = None
        self._begun = False
        self._to_the_end = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._transport.write(self._head)

    def data_received(self, data: bytes) -> None:
        if self._receiver is None:
            return
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserUpgrade as error:
            self._switch(data[error.args[0] :])
        except httptools.HttpParserError as error:
            self._fail(f"the upstream's response is not HTTP: {error.__context__ or error}")

    def _switch(self, rest: bytes) -> None:
        receiver, transport = self._receiver, self._transport
        if self._parser.get_status_code() != 101 or receiver is None or transport is None:
            self._fail("the upstream switched protocols without saying so")
            return
        self._receiver = None
        transport.pause_reading()
        receiver.switched(self._headers, rest, transport)

    def on_message_begin(self) -> None:
        self._headers = []

    def on_header(self, name: bytes, value: bytes) -> None:
        self._size += len(name) + len(value) + 4
        if self._size > MAX_HEAD:
            raise ValueError("the header fields are too large")
        if not self._begun:
            self._headers.append((name.lower(), value))

    def on_headers_complete(self) -> None:
        status = self._parser.get_status_code()
        if status < 200 or self._receiver is None:
            return
        self._begun = True
        known = dict(self._headers)
        length = known.get(b"content-length")
        self._length = int(length) if length is not None else 0 if status in (204, 304) else None
        self._to_the_end = self._length is None and b"transfer-encoding" not in known
        self._receiver.response_head(status, self._headers, self._length)

    def on_body(self, data: bytes) -> None:
        if self._receiver is not None:
            self._receiver.response_data(data)

    def on_message_complete(self) -> None:
        if self._begun:
            self._complete()

    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = None
        if self._begun and self._to_the_end and exc is None:
            self._complete()
        elif self._receiver is not None:
            self._fail("the upstream closed the connection in the middle of the handshake")

    def pause(self) -> None:
        if self._transport is not None and not self._transport.is_closing():
            self._transport.pause_reading()

    def resume(self) -> None:
        if self._transport is not None and not self._transport.is_closing():
            self._transport.resume_reading()

    def _complete(self) -> None:
        receiver, self._receiver = self._receiver, None
        if self._transport is not None:
            self._transport.close()
        if receiver is not None:
            receiver.response_complete()

    def _fail(self, reason: str) -> None:
        receiver = self._receiver
        self.abandon()
        if receiver is not None:
            receiver.response_failed(Failure("malformed", reason))

    def abandon(self) -> None:
        """Closes the connection; its receiver hears nothing more."""
        self._receiver = None
        if self._transport is not None:
            self._transport.abort()
