"""JSON from issuers, within bounds of size and time."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

import httpx
import orjson

MOST = 1024 * 1024
"""Bytes of an answer."""


class Unreachable(Exception):
    """The other side did not answer, or not usefully. The text holds nothing of what was asked."""


async def fetch(
    http: httpx.AsyncClient,
    url: str,
    *,
    timeout: float,  # noqa: ASYNC109 - it bounds the whole answer, not only the waits of the client
    form: Mapping[str, str] | None = None,
    auth: tuple[str, str] | None = None,
) -> dict[str, Any]:
    """The JSON object at an address, by POST where there is a form. Raises `Unreachable`."""
    try:
        async with asyncio.timeout(timeout):
            request = http.build_request(
                "GET" if form is None else "POST", url, data=form, headers={"accept": "application/json"}
            )
            answer = await http.send(
                request, stream=True, auth=httpx.BasicAuth(*auth) if auth is not None else None
            )
            try:
                body = await _bounded(answer)
            finally:
                await answer.aclose()
    except TimeoutError:
        raise Unreachable(f"no answer within {timeout:g} s") from None
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
        raise Unreachable(f"cannot be reached: {type(error).__name__}") from None
    if answer.status_code != 200:
        raise Unreachable(f"answered {answer.status_code}")
    try:
        value = orjson.loads(body)
    except orjson.JSONDecodeError:
        value = None
    if not isinstance(value, dict):
        raise Unreachable("answered something other than a JSON object")
    return value


async def _bounded(answer: httpx.Response) -> bytes:
    parts, size = [], 0
    async for part in answer.aiter_bytes():
        size += len(part)
        if size > MOST:
            raise Unreachable("answered too much")
        parts.append(part)
    return b"".join(parts)
