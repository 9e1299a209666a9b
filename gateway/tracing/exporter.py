"""Spans on their way to a collector: OTLP over HTTP in the background, from a bounded queue.

What the collector says is followed as the protocol has it (OTLP 1.x, "OTLP/HTTP Response"): 429, 502, 503 and 504 are
tried again, with its Retry-After; any other refusal is final. Nothing waits for it: what finds no room is dropped, and
counted.
"""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import random
from collections import deque
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version

import httpx
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric

from . import otlp
from .tracer import Tracing

MOST = 8192
"""Spans that wait; each is about half a kilobyte."""
BATCH = 512
INTERVAL = 2.0
"""Seconds after which fewer are sent as well."""
TRIES = 5
_TIMEOUT = 10.0
_SLOWEST = 30.0
_AGAIN = frozenset({429, 502, 503, 504})
_PATH = "/v1/traces"


class Exporter:
    """`counts` says what became of spans: exported, rejected by the collector, failed to be sent, dropped."""

    def __init__(
        self,
        tracing: Tracing,
        instance: str,
        *,
        most: int = MOST,
        interval: float = INTERVAL,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        endpoint = tracing.endpoint.rstrip("/")
        self._url = endpoint if endpoint.endswith(_PATH) else endpoint + _PATH
        self._most = most
        self._interval = interval
        self._waiting: deque[bytes] = deque()
        self._enough = asyncio.Event()
        number = _version()
        resource = {
            "service.name": tracing.service,
            "service.version": number,
            "service.instance.id": instance,
            **dict(tracing.resource),
        }
        self._resource = otlp.attributes(resource, 1)
        self._scope = otlp.scope("lading.gateway", number)
        self._http = httpx.AsyncClient(
            headers={
                **dict(tracing.headers),
                "content-type": "application/x-protobuf",
                "content-encoding": "gzip",
            },
            timeout=_TIMEOUT,
            transport=transport,
        )
        self.counts = {"exported": 0, "rejected": 0, "failed": 0, "dropped": 0}
        self.problem = ""

    def take(self, span: bytes) -> None:
        """Takes an encoded span, if there is room."""
        waiting = self._waiting
        if len(waiting) >= self._most:
            self.counts["dropped"] += 1
            return
        waiting.append(span)
        if len(waiting) == BATCH:
            self._enough.set()

    async def run(self) -> None:
        """Sends until cancelled."""
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._interval):
                    await self._enough.wait()
            self._enough.clear()
            while self._waiting:
                await self._send(self._batch())

    async def finish(self, seconds: float = 3.0) -> None:
        """Sends what is left, within a few seconds; the rest is lost, and counted as that."""
        try:
            async with asyncio.timeout(seconds):
                while self._waiting:
                    await self._send(self._batch(), tries=1)
        except TimeoutError:
            self.problem = "the collector did not answer in time"
        self.counts["failed"] += len(self._waiting)
        self._waiting.clear()
        await self._http.aclose()

    def _batch(self) -> list[bytes]:
        return [self._waiting.popleft() for _ in range(min(BATCH, len(self._waiting)))]

    async def _send(self, spans: list[bytes], tries: int = TRIES) -> None:
        try:
            body = await asyncio.to_thread(
                gzip.compress, otlp.request(self._resource, self._scope, spans), compresslevel=1
            )
            for number in range(1, tries + 1):
                pause = await self._post(body, len(spans))
                if pause is None:
                    return
                if number < tries:
                    await asyncio.sleep(pause or _pause(number))
            self.counts["failed"] += len(spans)
        except asyncio.CancelledError:
            self._waiting.extendleft(reversed(spans))  # the end is near: `finish` tries once more
            raise

    async def _post(self, body: bytes, number: int) -> float | None:
        """None where the collector has decided about the spans; else the seconds it asks to wait, 0 for any."""
        try:
            answer = await self._http.post(self._url, content=body)
        except (httpx.HTTPError, OSError) as error:
            self.problem = f"the collector cannot be reached: {type(error).__name__}"
            return 0.0
        if answer.status_code in _AGAIN:
            self.problem = f"the collector answered {answer.status_code}"
            after = answer.headers.get("retry-after", "")
            return min(float(after), _SLOWEST) if after.isdecimal() else 0.0
        if answer.is_success:
            rejected = min(otlp.rejected(answer.content[:65536]), number)
            self.counts["rejected"] += rejected
            self.counts["exported"] += number - rejected
            self.problem = f"the collector rejected {rejected} spans" if rejected else ""
        else:
            self.counts["rejected"] += number
            self.problem = f"the collector answered {answer.status_code}"
        return None

    def gauges(self) -> Iterator[Metric]:
        """Metrics of the export."""
        spans = CounterMetricFamily(
            "lading_gateway_spans", "Spans by what became of them", labels=["outcome"]
        )
        for outcome, count in self.counts.items():
            spans.add_metric([outcome], count)
        yield spans
        yield GaugeMetricFamily(
            "lading_gateway_spans_waiting", "Spans that wait to be sent", len(self._waiting)
        )


def _pause(number: int) -> float:
    most = min(_SLOWEST, 0.5 * 2**number)
    return random.uniform(most / 2, most)  # noqa: S311 - jitter, not a secret


def _version() -> str:
    try:
        return version("lading")
    except PackageNotFoundError:
        return "0"
