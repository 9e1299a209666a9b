"""The exchange that opens a WebSocket: judged as any other, sent on over a connection of its own."""

from __future__ import annotations

import asyncio
from time import monotonic
from typing import TYPE_CHECKING, Protocol

from gateway.http.exchange import Exchange
from gateway.pipeline import judge_response
from gateway.verdicts import Decision, Header, Refusal, Request, Response

from .dialling import Dial
from .handshake import allowed, check_request
from .relay import Relay

if TYPE_CHECKING:
    from gateway.http.channel import Channel
    from gateway.http.runtime import Runtime

_MOST = Refusal(
    503,
    "too-many-websockets",
    "There are as many WebSockets as there may be",
    headers=((b"retry-after", b"5"),),
)


NO_WEBSOCKET = Refusal(
    405,
    "method-not-allowed",
    "There is no WebSocket here",
    "The contract does not allow one for this operation.",
    headers=((b"allow", b"GET"),),
)
"""For those that ask in a way which is nothing else: CONNECT in HTTP/2."""


class Switching(Protocol):
    """A client's connection, or a stream of it, that can be given away."""

    def give_away(
        self, headers: list[Header], extra: tuple[Header, ...], key: bytes
    ) -> tuple[asyncio.Transport | None, bytes]:
        """Sends the head that accepts a WebSocket as the last of HTTP, with fields of the upstream's and others.

        The connection, if it is still there, and what was read after the request.
        """


class Handshake(Exchange):
    """The call that asks for a WebSocket. What is no 101 is answered as any other response."""

    __slots__ = ("_switching",)

    def __init__(
        self,
        channel: Channel,
        switching: Switching,
        runtime: Runtime,
        request: Request,
        host: bytes,
        decision: Decision,
        version: str,
    ) -> None:
        super().__init__(channel, runtime, request, host, decision)
        self._switching = switching
        if decision.refusal is None:
            decision.refusal = check_request(request, version)

    def proceed(self) -> None:
        runtime, operation = self._runtime, self.decision.operation
        assert operation is not None
        group = runtime.groups.of(operation.contract)
        if group is None:
            self.refuse(Refusal(503, "no-upstream", "The contract has no upstream"), "failed")
            return
        if runtime.relays.open >= runtime.entrance.websockets.most:
            self.refuse(_MOST, "refused")
            return
        failure = group.enter(monotonic())
        if failure is not None:
            self.response_failed(failure)
            return
        way = self._way = Dial(group, self)
        way.start(lambda pool: _upgrading(self._message(pool)))

    def switched(self, headers: list[Header], rest: bytes, transport: asyncio.Transport) -> None:
        """The upstream has answered 101, as it should."""
        if self._done:
            transport.abort()
            return
        self.status = 101
        if self.trace is not None:
            self.trace.answered(101)
        operation, decision = self.decision.operation, self.decision
        assert operation is not None
        if operation.modes.response != "off" and "101" in operation.answers:
            self._verdict = judge_response(
                operation, "GET", Response(101, headers), self._runtime.snapshot.bounds
            )
            if self._verdict.refusal is not None:
                transport.abort()
                self.refuse(self._verdict.refusal, "violation")
                return
        decision.unvalidated += ("the messages of a WebSocket",)
        self._count(101, self._outcome())
        self._done = True
        key = self.request.fields[b"sec-websocket-key"]
        client, read = self._switching.give_away(headers, decision.headers, key)
        if client is None:
            transport.abort()
        else:
            Relay(self._runtime, client, transport).start(read, rest)


def _upgrading(head: bytes) -> bytes:
    return head.removesuffix(b"\r\n") + b"connection: Upgrade\r\nupgrade: websocket\r\n\r\n"


def wants(decision: Decision) -> bool:
    """Whether a request that asks for a WebSocket may have one; otherwise it is a request like any other."""
    return decision.operation is not None and allowed(decision.operation)
