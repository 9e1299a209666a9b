"""Sending what was counted: a sealed segment is a batch, and a batch counts once however often it is sent."""

from __future__ import annotations

import asyncio
import random
from datetime import UTC, datetime
from typing import Any

import httpx

from .spool import Counted, Segment, Spool

INTERVAL = 2.0
"""Seconds between two batches, while the registry is there."""
_SLOWEST = 60.0
_LISTS = {"call": "calls", "violation": "violations", "shadow": "shadows", "use": "uses"}
_REFUSED_FOR_GOOD = frozenset({400, 413, 422})


class Sender:
    """Sends the spool's segments, the oldest first, and deletes what the registry has."""

    def __init__(
        self,
        spool: Spool,
        registry: str,
        token: str,
        gateway: str,
        environment: str,
        *,
        interval: float = INTERVAL,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._spool = spool
        self._gateway = gateway
        self._environment = environment
        self._interval = interval
        self._http = httpx.AsyncClient(
            base_url=registry,
            headers={"authorization": f"Bearer {token}"} if token else {},
            timeout=10.0,
            transport=transport,
        )
        self._failures = 0
        self.sent = 0
        self.refused = 0
        self.problem = ""

    async def run(self) -> None:
        """Sends until cancelled. While the registry is away the open segment goes on counting."""
        while True:
            if not self._spool.sealed and self._spool.pending:
                self._spool.seal()
            if await self.send_all():
                self._failures = 0
                await asyncio.sleep(self._interval)
            else:
                self._failures += 1
                most = min(_SLOWEST, self._interval * 2 ** min(self._failures, 8))
                await asyncio.sleep(random.uniform(most / 2, most))  # noqa: S311 - jitter, not a secret

    async def send_all(self) -> bool:
        """Sends every sealed segment. False where the registry is away, or does not let this gateway in."""
        while self._spool.sealed:
            if not await self._send(self._spool.sealed[0]):
                return False
        self.problem = ""
        return True

    async def finish(self, seconds: float = 3.0) -> None:
        """Seals and sends what is left, within a few seconds; what is not sent stays on the disk."""
        self._spool.seal()
        try:
            async with asyncio.timeout(seconds):
                await self.send_all()
        except TimeoutError:
            self.problem = "the registry did not answer in time"
        await self.close()

    async def close(self) -> None:
        await self._http.aclose()

    async def _send(self, segment: Segment) -> bool:
        try:
            answer = await self._http.post("/v1/observations", json=self._batch(segment))
        except (httpx.HTTPError, OSError) as error:
            self.problem = f"the registry cannot be reached: {type(error).__name__}"
            return False
        if answer.status_code in (200, 201, 202, 204):
            self._spool.forget(segment)
            self.sent += 1
            return True
        if answer.status_code in _REFUSED_FOR_GOOD:
            self.problem = f"the registry refused a batch with {answer.status_code}; it was set aside"
            self._spool.set_aside(segment)
            self.refused += 1
            return True
        self.problem = f"the registry answered {answer.status_code} to a batch"
        return False

    def _batch(self, segment: Segment) -> dict[str, Any]:
        found: dict[str, list[dict[str, Any]]] = {"calls": [], "violations": [], "shadows": [], "uses": []}
        for counted in segment.read():
            found[_LISTS[counted.key["kind"]]].append(_entry(counted))
        return {
            "batch": segment.batch,
            "gateway": self._gateway,
            "environment": self._environment,
            # Registries of before do not know the other lists.
            **{name: held for name, held in found.items() if held or name in ("calls", "violations")},
        }


def _entry(counted: Counted) -> dict[str, Any]:
    entry = {name: value for name, value in counted.key.items() if name != "kind"}
    return {**entry, "count": counted.count, "first_at": _time(counted.first), "last_at": _time(counted.last)}


def _time(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
