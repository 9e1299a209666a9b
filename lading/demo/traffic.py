"""A little traffic: what Harbourline's applications send in a quiet minute.

Most of it is as it should be. One application still reads orders from the version that is going away, one sends
a job that its contract refuses, and the last-mile platform answers with a count written as text.
"""

from __future__ import annotations

import threading
import uuid
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import httpx

PAUSE = 4.0
"""Seconds between two calls, once the first round is over."""
_PARCEL = {"sscc": "340012340000000016", "weight": {"value": "6.85", "unitCode": "KGM"}}
_RECIPIENT = {
    "name": "Kaffee Altona",
    "street": "Große Elbstraße 45",
    "postalCode": "22767",
    "city": "Hamburg",
    "country": "DE",
}
_JOB = {
    "orderReference": "SO-2026-0010042",
    "parcels": [_PARCEL],
    "recipient": _RECIPIENT,
    "window": {"from": "2026-12-02T08:00:00+01:00", "until": "2026-12-02T12:00:00+01:00"},
}


@dataclass(frozen=True, slots=True)
class Call:
    """One call of one application. `idempotent` calls carry an Idempotency-Key, as their contract asks."""

    consumer: str
    method: str
    path: str
    body: Any = None
    idempotent: bool = False

    def headers(self, key: str) -> dict[str, str]:
        headers = {"X-API-Key": key, "X-Correlation-Id": str(uuid.uuid4())}
        if self.idempotent:
            headers["Idempotency-Key"] = uuid.uuid4().hex
        return headers


ROUND = (
    Call("shopfront", "GET", "/erp/orders/v2/orders?pageSize=20"),
    Call("shopfront", "GET", "/erp/orders/v2/orders/SO-2026-0010042"),
    # Acme has not moved to 2.x yet.
    Call("acme-wms", "GET", "/erp/orders/v1/orders?page=1&size=50"),
    Call("acme-wms", "GET", "/erp/orders/v1/orders?page=2&size=50"),
    Call("dispatch-desk", "POST", "/last-mile/delivery/v1/delivery-jobs", _JOB, idempotent=True),
    # The country has three letters here; the contract says two.
    Call(
        "dispatch-desk",
        "POST",
        "/last-mile/delivery/v1/delivery-jobs",
        {**_JOB, "recipient": {**_RECIPIENT, "country": "DEU"}},
        idempotent=True,
    ),
    # The platform answers with attemptCount as text since its last release.
    Call("shopfront", "GET", "/last-mile/delivery/v1/delivery-jobs/LM-5KQ27ZT8"),
    Call("dispatch-desk", "GET", "/last-mile/delivery/v1/delivery-jobs/LM-5KQ27ZT8/attempts"),
)


def send(client: httpx.Client, keys: Mapping[str, str], calls: tuple[Call, ...] = ROUND) -> Counter[int]:
    """Sends each call once, with its application's key, and counts the answers by status.

    Raises `httpx.HTTPError` where the gateway does not answer at all.
    """
    statuses: Counter[int] = Counter()
    for call in calls:
        answer = client.request(
            call.method, call.path, json=call.body, headers=call.headers(keys[call.consumer])
        )
        statuses[answer.status_code] += 1
    return statuses


class Trickle:
    """Goes on sending the round, slowly, until it is stopped."""

    def __init__(self, gateway: str, keys: Mapping[str, str], failed: Callable[[str], None]) -> None:
        self._gateway, self._keys, self._failed = gateway, keys, failed
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="traffic", daemon=True)

    def __enter__(self) -> Trickle:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join(timeout=PAUSE + 5)

    def _run(self) -> None:
        with httpx.Client(base_url=self._gateway, timeout=10) as client:
            while True:
                for call in ROUND:
                    if self._stop.wait(PAUSE):
                        return
                    try:
                        send(client, self._keys, (call,))
                    except httpx.HTTPError as error:
                        self._failed(f"{call.method} {call.path}: {error}")
