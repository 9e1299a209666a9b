"""Answers: JSON with times in UTC, pages with links, entity tags."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeVar
from urllib.parse import quote

import orjson
from fastapi import Request, Response

from registry.domain.pages import Page

T = TypeVar("T")
_OPTIONS = orjson.OPT_UTC_Z


def encode(value: Any) -> bytes:
    """JSON in UTF-8, times as RFC 3339 with `Z`. Numbers that orjson has no room for go the slow way."""
    try:
        return orjson.dumps(value, option=_OPTIONS)
    except TypeError:
        return json.dumps(value, default=_text).encode()


def answer(value: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    return Response(encode(value), status, dict(headers or {}), "application/json")


def created(value: Any, location: str) -> Response:
    return answer(value, 201, {"Location": location})


def nothing() -> Response:
    return Response(status_code=204)


def page(request: Request, found: Page[T], view: Callable[[T], Any]) -> Response:
    """`{items, after}`, and the next page as a link (RFC 8288)."""
    headers = {}
    if found.after is not None:
        headers["Link"] = f'<{request.url.include_query_params(after=found.after)}>; rel="next"'
    return answer({"items": [view(item) for item in found.items], "after": found.after}, headers=headers)


def items(found: Any, view: Callable[[Any], Any]) -> Response:
    """A list that is never long enough for pages."""
    return answer({"items": [view(item) for item in found]})


def unchanged(request: Request, tag: str) -> bool:
    """Whether `If-None-Match` (RFC 9110 §13.1.2) already has the entity with this tag."""
    given = request.headers.get("if-none-match", "")
    known = {part.strip().removeprefix("W/") for part in given.split(",")}
    return "*" in known or f'"{tag}"' in known


def location(*parts: str) -> str:
    """An address below `/v1`."""
    return "/v1/" + "/".join(quote(part, safe="@") for part in parts)


def _text(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    raise TypeError(f"{type(value).__name__} has no JSON")
