"""What becomes of a call to an upstream: who hears of it, and how it can fail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias

from gateway.verdicts import Header

Kind: TypeAlias = Literal[
    "busy", "open", "connect", "connect-timeout", "tls", "unanswered", "broken", "malformed", "timeout"
]
_UNSENT = frozenset({"busy", "open", "connect", "connect-timeout", "tls"})


@dataclass(frozen=True, slots=True)
class Failure:
    """Why there is no whole response; `reason` is a sentence for the caller, without any payload.

    `retry_after` is in seconds, 0 where nothing is known about it. `seen`: an upstream may have seen the request in an
    earlier try.
    """

    kind: Kind
    reason: str
    retry_after: int = 0
    seen: bool = False

    @property
    def sent(self) -> bool:
        """Whether an upstream may have seen the request."""
        return self.seen or self.kind not in _UNSENT

    @property
    def ours(self) -> bool:
        """Whether it was never asked, so that it says nothing about the upstream."""
        return self.kind in ("busy", "open")


class Receiver(Protocol):
    """What becomes of a response. Each call ends with `response_complete` or `response_failed`, once."""

    def response_head(self, status: int, headers: list[Header], length: int | None) -> None: ...

    def response_data(self, data: bytes) -> None: ...

    def response_trailers(self, trailers: list[Header]) -> None:
        """Before the response is complete, where it ends with trailer fields."""

    def response_complete(self) -> None: ...

    def response_failed(self, failure: Failure) -> None: ...


class Way(Protocol):
    """A call on its way: it can be held up and given up."""

    def pause(self) -> None: ...

    def resume(self) -> None: ...

    def cancel(self, *, late: bool = False) -> None:
        """Gives the call up; its receiver hears nothing more. `late`: because the upstream took too long."""


BUSY = Failure("busy", "too many calls wait for the upstream", 1)
CONNECT_TIMEOUT = Failure("connect-timeout", "the upstream did not take the connection in time")
TIMEOUT = Failure("timeout", "the upstream did not answer in time")
UNANSWERED = Failure("unanswered", "the upstream closed the connection without an answer")
BROKEN = Failure("broken", "the upstream closed the connection in the middle of its response")
