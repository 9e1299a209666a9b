"""Pages as responses: what every one of them tells the browser about itself."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import HTMLResponse, RedirectResponse, Response

HEADERS: Mapping[str, str] = {
    # Nothing inline and nothing from elsewhere: a description that slipped through could not run or load a thing.
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def html(text: str, status: int = 200) -> Response:
    """A page."""
    return HTMLResponse(text, status, headers=dict(HEADERS))


def redirect(address: str) -> Response:
    """On to another page, read with GET."""
    return RedirectResponse(address, 303, headers=dict(HEADERS))
