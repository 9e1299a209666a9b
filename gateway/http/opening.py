"""The first moments of a connection: which protocol the client speaks (RFC 9113 section 3)."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, cast

from gateway.http2.connection import Connection
from gateway.http2.frames import PREFACE

from .front import Front

if TYPE_CHECKING:
    from .runtime import Runtime


class Opening(asyncio.Protocol):
    """Hands the connection to the protocol that ALPN chose, or without TLS to that of the first bytes."""

    def __init__(self, runtime: Runtime, address: str | None = None) -> None:
        """`address` is the caller's where a load balancer said it before."""
        self._runtime = runtime
        self._address = address
        self._transport: asyncio.Transport | None = None
        self._held = b""
        self.deadline = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        secured = transport.get_extra_info("ssl_object")
        if secured is not None:
            self._hand_over(Connection if secured.selected_alpn_protocol() == "h2" else Front)
            return
        self.deadline = self._runtime.now() + self._runtime.timeouts.head
        if not self._runtime.welcome(self):
            self._transport.abort()

    def data_received(self, data: bytes) -> None:
        self._held += data
        begin = self._held[: len(PREFACE)]
        if not PREFACE.startswith(begin):
            self._hand_over(Front)
        elif len(begin) == len(PREFACE):
            self._hand_over(Connection)

    @property
    def held(self) -> int:
        return len(self._held)

    def eof_received(self) -> bool:
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = None
        self._runtime.farewell(self)

    def _hand_over(self, kind: type[Front] | type[Connection]) -> None:
        transport = self._transport
        assert transport is not None
        self._runtime.farewell(self)
        self._transport = None
        protocol = kind(self._runtime, self._address)
        transport.set_protocol(protocol)
        protocol.connection_made(transport)
        if self._held and not transport.is_closing():
            protocol.data_received(self._held)

    def expire(self) -> None:
        self.abort()

    def drain(self) -> None:
        self.abort()

    def abort(self) -> None:
        if self._transport is not None:
            self._transport.abort()
