"""What every request passes first, of the API and of the pages: a bound on its size, and where it came from."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from registry.domain.errors import DomainError, Forbidden, TooLarge

from .problems import of

SAFE = ("GET", "HEAD", "OPTIONS", "TRACE")
_HEADERS: Mapping[str, str] = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
}


class Bounded:
    """Refuses bodies beyond a size, while they arrive, so that nobody can fill the memory."""

    def __init__(self, app: ASGIApp, most: int) -> None:
        self._app = app
        self._most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        length = Headers(scope=scope).get("content-length", "")
        if length.isdecimal() and int(length) > self._most:
            await of(self._refusal()).response({"Connection": "close"})(scope, receive, send)
            return
        received = 0

        async def counted() -> Message:
            nonlocal received
            message = await receive()
            if message["type"] == "http.request":
                received += len(message.get("body", b""))
                if received > self._most:
                    raise self._refusal()
            return message

        await self._app(scope, counted, send)

    def _refusal(self) -> TooLarge:
        return TooLarge(
            "request-too-large",
            f"The request has more than {self._most:,} bytes.",
            "Send less, or have the limit raised (LADING_MAX_UPLOAD_MB).",
        )


class SameSite:
    """Refuses changes that another site's page asks a signed-in browser for (cross-site request forgery).

    Browsers say where a request comes from in `Sec-Fetch-Site` or `Origin`. Who sends a cookie and neither of
    them with an unsafe method is refused; who sends a token needs no such thing.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] not in SAFE:
            headers = Headers(scope=scope)
            if "cookie" in headers and "authorization" not in headers and not came_from_here(headers):
                refusal: DomainError = Forbidden(
                    "cross-site",
                    "This request came from another site.",
                    "Use the registry's own pages, or a token.",
                )
                await of(refusal).response()(scope, receive, send)
                return
        await self._app(scope, receive, send)


class Hardened:
    """Adds the headers that every answer should have and that its handler did not set."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                known = {name.lower() for name, _ in message["headers"]}
                message["headers"] = [
                    *message["headers"],
                    *((n.encode(), v.encode()) for n, v in _HEADERS.items() if n.encode() not in known),
                ]
            await send(message)

        await self._app(scope, receive, with_headers if scope["type"] == "http" else send)


def came_from_here(headers: Headers) -> bool:
    """Whether a browser says that a request comes from a page of the same origin."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = headers.get("origin")
    if origin is None:
        return False
    try:
        return urlsplit(origin).netloc == headers.get("host")
    except ValueError:  # no address at all, `http://[` for one
        return False
