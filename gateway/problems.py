"""Problem documents (RFC 9457) for what the gateway answers itself."""

from __future__ import annotations

from typing import Any

import orjson

from gateway.verdicts import Header, Refusal

CONTENT_TYPE: Header = (b"content-type", b"application/problem+json")


def document(refusal: Refusal) -> bytes:
    """The problem document of a refusal; `errors` say what is wrong and where, without any payload."""
    body: dict[str, Any] = {
        "type": f"urn:lading:problem:{refusal.code}",
        "title": refusal.title,
        "status": refusal.status,
    }
    if refusal.detail:
        body["detail"] = refusal.detail
    if refusal.faults:
        body["errors"] = [fault.as_dict() for fault in refusal.faults]
    return orjson.dumps(body)


def answer(refusal: Refusal, extra: tuple[Header, ...] = ()) -> tuple[int, list[Header], bytes]:
    """Status, header fields and body that are answered instead."""
    body = document(refusal)
    headers = [
        CONTENT_TYPE,
        (b"content-length", b"%d" % len(body)),
        (b"cache-control", b"no-store"),
        *refusal.headers,
        *extra,
    ]
    return refusal.status, headers, body
