"""What callers may speak at the front, as the operator says: TLS, HTTP/2, WebSocket, and whom to believe about origins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from gateway.callers.trust import Network

from .forwarding import NO_PROXIES, Proxies
from .tls import Tls


@dataclass(frozen=True, slots=True)
class Http2:
    """`offered` by ALPN where there is TLS; `cleartext` takes those who begin with it unasked (prior knowledge)."""

    offered: bool = True
    cleartext: bool = False
    streams: int = 100
    """Calls at the same time on one connection."""
    websockets: bool = False
    """Whether they are taken in streams (RFC 8441), where a contract allows them."""


@dataclass(frozen=True, slots=True)
class WebSockets:
    """Of one process; `idle` is in seconds without a byte in either direction, `longest` in seconds from the handshake."""

    most: int = 1000
    idle: float = 300.0
    longest: float = 86_400.0
    """Who was let in is looked at anew when it comes back."""


@dataclass(frozen=True, slots=True)
class Entrance:
    """All of it."""

    tls: Tls | None = None
    http2: Http2 = Http2()
    proxies: Proxies = NO_PROXIES
    trailers: Literal["drop", "refuse"] = "drop"
    """What becomes of trailer fields of requests; they never reach an upstream."""
    websockets: WebSockets = WebSockets()
    half_closed: Literal["answer", "end"] = "answer"
    """What becomes of the complete requests of a caller over HTTP/1.1 that ends its sending side: it may still read, or be
    gone, and the first packet that says so looks the same."""
    proxy_protocol: tuple[Network, ...] = ()
    """Load balancers whose connections begin with a PROXY header; nobody else's does."""

    @property
    def protocols(self) -> tuple[str, ...]:
        """Offered by ALPN, the preferred one first."""
        return ("h2", "http/1.1") if self.http2.offered else ("http/1.1",)


PLAIN_ENTRANCE = Entrance()
