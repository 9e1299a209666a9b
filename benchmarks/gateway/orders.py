"""Orders of a wanted size."""

from __future__ import annotations

from typing import Any

import orjson

_ADDRESS = {
    "name": "Harbour Line Wholesale GmbH",
    "street": "Am Sandtorkai 41",
    "city": "Hamburg",
    "postalCode": "20457",
    "countryCode": "DE",
    "locode": "DEHAM",
    "gln": "4012345000009",
}


def order(size: int) -> bytes:
    """An order of about `size` bytes of JSON, made larger by more lines."""
    held: dict[str, Any] = {
        "orderId": "SO-20260001",
        "orderedAt": "2026-11-23T09:30:00Z",
        "customer": _ADDRESS,
        "shipTo": {**_ADDRESS, "name": "Cold Store West", "gln": "4012345000016"},
        "incoterm": "DAP",
        "priority": "standard",
        "hazardous": False,
        "lines": [_line(1)],
        "total": {"amount": "1290.00", "currency": "EUR"},
    }
    while len(orjson.dumps(held)) < size - 200:
        held["lines"].append(_line(len(held["lines"]) + 1))
    missing = size - len(orjson.dumps(held)) - len(',"notes":""')
    if missing > 0:
        held["notes"] = "n" * min(missing, 2000)
    return orjson.dumps(held)


def posted(body: bytes, key: str) -> bytes:
    """The request that brings an order, as bytes."""
    return (
        b"POST /erp/orders/v1/orders HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\n"
        b"user-agent: bench/1\r\naccept: application/json\r\nidempotency-key: 6f0cf1c5-0001\r\nx-api-key: %s\r\n"
        b"content-length: %d\r\n\r\n%s" % (key.encode(), len(body), body)
    )


def accepted(body: bytes) -> bytes:
    """The response that gives it back."""
    head = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n" % len(body)
    return head + body


def _line(number: int) -> dict[str, Any]:
    return {
        "lineNumber": number,
        "gtin": f"0401234567{number:04d}",
        "description": "Frozen peas, 12 bags of 1 kg, catering",
        "quantity": 24.5,
        "unit": "CS",
        "price": {"amount": "21.50", "currency": "EUR"},
        "batch": None,
        "requestedDelivery": "2026-12-01",
    }
