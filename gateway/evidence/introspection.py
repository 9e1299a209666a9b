"""Tokens that only their authorization server can read (RFC 7662)."""

from __future__ import annotations

from collections.abc import Callable

import httpx

from gateway.callers.evidence import Introspected
from gateway.callers.trust import Introspection

from .fetching import fetch

_INACTIVE = 10.0
"""Seconds for which a token that is not active needs no second question."""


async def introspect(
    http: httpx.AsyncClient, server: Introspection, token: str, clock: Callable[[], float]
) -> Introspected:
    """What the server says of the token, and until when that counts. Raises `fetching.Unreachable`."""
    answer = await fetch(
        http,
        server.url,
        timeout=server.timeout,
        form={"token": token, "token_type_hint": "access_token"},
        auth=(server.client_id, server.client_secret),
    )
    now = clock()
    if answer.get("active") is not True:
        return Introspected(None, now + min(_INACTIVE, server.cache))
    ends = answer.get("exp")
    until = now + server.cache
    if isinstance(ends, int | float) and not isinstance(ends, bool):
        until = min(until, float(ends))
    # An answer that may not be kept counts for the call that it was asked for.
    return Introspected(answer, max(until, now + 0.5))
