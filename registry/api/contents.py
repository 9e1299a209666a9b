"""Stored bytes as an answer: a strong entity tag, and caching for ever where the address is the digest."""

from __future__ import annotations

from fastapi import Response

from registry.services import Context, versions

from .answers import unchanged
from .calls import Call


def served(asked: Call, context: Context, digest: str, *, immutable: bool) -> Response:
    """304 where the caller has it, without reading the bytes."""
    headers = {
        "ETag": f'"{digest}"',
        "Cache-Control": "private, max-age=31536000, immutable" if immutable else "private, no-cache",
    }
    if unchanged(asked.request, digest):
        return Response(status_code=304, headers=headers)
    content = versions.content(context, digest)
    headers["X-Content-Type-Options"] = "nosniff"
    return Response(content.data, media_type=content.media_type, headers=headers)
