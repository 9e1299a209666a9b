"""An exchange as a recording has it: some know everything, an access log knows a line."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from gateway.malformed import Malformed
from gateway.verdicts import Header, Request, Response

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "QUERY"})


@dataclass(frozen=True, slots=True)
class Recorded:
    """A request and what was answered (None: nothing, or it is not known).

    `knows` says which parts were recorded; what was not is no fault and is never taken for checked. `where` is
    the place in the recording, `at` the time in seconds since 1970.
    """

    where: str
    host: str
    request: Request
    response: Response | None
    knows: Known
    at: float | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """Which parts of an exchange a recording holds."""

    headers: bool = False
    body: bool = False
    response_headers: bool = False
    response_body: bool = False


@dataclass(frozen=True, slots=True)
class Unread:
    """A place in the recording that is no exchange, and why."""

    where: str
    reason: str


def request_of(
    method: str, url: str, headers: list[Header], body: bytes, host: str = ""
) -> tuple[str, Request]:
    """The host and the request for an address, whole or beginning with a slash. Raises `Malformed`."""
    if not method or not method.isascii() or not method.isalpha():
        raise Malformed("the method is not one", "method")
    try:
        parts = urlsplit(url)
    except ValueError:
        raise Malformed("the address cannot be read", "url") from None
    if parts.scheme in ("http", "https", "ws", "wss"):
        host = parts.netloc.rpartition("@")[2]
    elif not url.startswith("/"):
        raise Malformed("the address is neither a URL nor a path", "url")
    rest = url.partition("#")[0]
    if parts.scheme:
        rest = rest.partition("://")[2]
        rest = rest[len(parts.netloc) :]
    path, _, query = rest.partition("?")
    request = Request(
        method.upper(),
        (path or "/").encode("utf-8"),
        query.encode("utf-8"),
        headers,
        body,
        "https" if parts.scheme in ("https", "wss") else "http",
    )
    return host.lower(), request


def is_preflight(exchange: Recorded) -> bool:
    """A browser's question before a call to another origin (Fetch, section 4.8); no contract describes it."""
    request = exchange.request
    return request.method == "OPTIONS" and b"access-control-request-method" in request.fields
