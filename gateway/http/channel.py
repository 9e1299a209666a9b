"""The way from an exchange back to its caller."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from gateway.verdicts import Header, Request

if TYPE_CHECKING:
    from .exchange import Exchange


class Channel(Protocol):
    """The way back to the caller, in the protocol that it speaks.

    An exchange is answered whole, or its answer is begun, continued and ended; either is the last that it tells.
    Names of header fields are in lower case; what is hop-by-hop is left out by the channel. `extra` are further fields.
    """

    def answer(
        self,
        exchange: Exchange,
        status: int,
        headers: list[Header],
        extra: tuple[Header, ...],
        length: int | None,
        body: bytes,
    ) -> None:
        """A whole answer. `length` is None where nothing is said about a body; HEAD has one without a body."""

    def begin(
        self,
        exchange: Exchange,
        status: int,
        headers: list[Header],
        extra: tuple[Header, ...],
        length: int | None,
        bodyless: bool,
    ) -> None:
        """The head of an answer whose body comes in pieces; `length` is None where nobody knows it."""

    def data(self, data: bytes) -> None: ...

    def end(self, exchange: Exchange, trailers: list[Header]) -> None: ...

    def abort(self) -> None:
        """Breaks off an answer that has begun, so that it cannot be taken for a whole one."""

    def allow(self, exchange: Exchange, seconds: float) -> None:
        """The exchange ends itself after so many seconds; nothing else must end it before."""

    def forwarded(self, request: Request, host: bytes) -> bytes:
        """Header lines for the upstream that say where the call comes from."""


class Nobody:
    """The channel of a call that goes on without its caller. `lines` still say where the call came from."""

    def __init__(self, lines: bytes) -> None:
        self._lines = lines

    def answer(
        self,
        exchange: Exchange,
        status: int,
        headers: list[Header],
        extra: tuple[Header, ...],
        length: int | None,
        body: bytes,
    ) -> None: ...

    def begin(
        self,
        exchange: Exchange,
        status: int,
        headers: list[Header],
        extra: tuple[Header, ...],
        length: int | None,
        bodyless: bool,
    ) -> None: ...

    def data(self, data: bytes) -> None: ...

    def end(self, exchange: Exchange, trailers: list[Header]) -> None: ...

    def abort(self) -> None: ...

    def allow(self, exchange: Exchange, seconds: float) -> None: ...

    def forwarded(self, request: Request, host: bytes) -> bytes:
        return self._lines
