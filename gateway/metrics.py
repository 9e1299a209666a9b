"""Counters of a gateway process, and their Prometheus exposition.

Calls are counted in plain dictionaries; prometheus_client writes them out when it is asked.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.exposition import generate_latest
from prometheus_client.registry import Collector, CollectorRegistry

from gateway.verdicts import Outcome, Refusal, Verdict

if TYPE_CHECKING:
    from gateway.http.exchange import Exchange
    from gateway.http.runtime import Runtime

BUCKETS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
"""Upper bounds of the histogram of durations, in seconds."""


class Metrics(Collector):
    """Counts calls by contract, operation, outcome and status class."""

    def __init__(self) -> None:
        self._calls: dict[tuple[str, str, Outcome, int], int] = {}
        self._refused: dict[str, int] = {}
        self._unvalidated: dict[tuple[str, str], int] = {}
        self._buckets = [0] * (len(BUCKETS) + 1)
        self._seconds = 0.0
        self._gauges: list[Callable[[], Iterator[Metric]]] = []
        self._registry = CollectorRegistry()
        self._registry.register(self)

    def record(
        self,
        exchange: Exchange,
        status: int,
        outcome: Outcome,
        verdict: Verdict | None,
        body: bytes,
        refusal: Refusal | None,
        seconds: float,
    ) -> None:
        decision = exchange.decision
        contract, operation = decision.contract, decision.operation
        key = (
            contract.name if contract is not None else "",
            operation.key if operation is not None else "",
            outcome,
            status,
        )
        try:
            self._calls[key] += 1
        except KeyError:
            self._calls[key] = 1
        self._buckets[bisect_left(BUCKETS, seconds)] += 1
        self._seconds += seconds
        if outcome == "ok":
            return
        if refusal is not None:
            self._refused[refusal.code] = self._refused.get(refusal.code, 0) + 1
        if decision.unvalidated or (verdict is not None and verdict.unvalidated):
            blind = (key[0], key[1])
            self._unvalidated[blind] = self._unvalidated.get(blind, 0) + 1

    def watch(self, gauges: Callable[[], Iterator[Metric]]) -> None:
        """Adds metrics that are made when they are asked for."""
        self._gauges.append(gauges)

    def collect(self) -> Iterator[Metric]:
        calls = CounterMetricFamily(
            "lading_gateway_calls",
            "Calls that are over",
            labels=["contract", "operation", "outcome", "status"],
        )
        for (contract, operation, outcome, status), count in self._calls.items():
            calls.add_metric([contract, operation, outcome, str(status)], count)
        yield calls
        refused = CounterMetricFamily(
            "lading_gateway_refused", "Calls the gateway answered itself", labels=["reason"]
        )
        for reason, count in self._refused.items():
            refused.add_metric([reason], count)
        yield refused
        blind = CounterMetricFamily(
            "lading_gateway_unvalidated",
            "Calls of which something could not be validated",
            labels=["contract", "operation"],
        )
        for (contract, operation), count in self._unvalidated.items():
            blind.add_metric([contract, operation], count)
        yield blind
        yield self._histogram()
        for gauges in self._gauges:
            yield from gauges()

    def _histogram(self) -> HistogramMetricFamily:
        family = HistogramMetricFamily(
            "lading_gateway_seconds", "From the complete head of a request to its answer"
        )
        total, buckets = 0, []
        for bound, count in zip([*map(str, BUCKETS), "+Inf"], self._buckets, strict=True):
            total += count
            buckets.append((bound, float(total)))
        family.add_metric([], buckets, self._seconds)
        return family

    def exposition(self) -> bytes:
        """The text that Prometheus scrapes."""
        return generate_latest(self._registry)


def gauges_of(runtime: Runtime) -> Callable[[], Iterator[Metric]]:
    """Metrics of a runtime: connections, bundle, what was no request."""

    def gauges() -> Iterator[Metric]:
        yield GaugeMetricFamily("lading_gateway_connections", "Connections of clients", len(runtime.fronts))
        yield GaugeMetricFamily(
            "lading_gateway_bundle_serial", "Serial of the bundle in force", runtime.snapshot.serial
        )
        yield GaugeMetricFamily(
            "lading_gateway_contracts", "Contracts that are served", len(runtime.snapshot.contracts)
        )
        yield GaugeMetricFamily(
            "lading_gateway_lag_seconds", "How late the process came to its last timer", runtime.pressure.lag
        )
        yield GaugeMetricFamily(
            "lading_gateway_held_bytes", "Bytes of bodies and answers in memory", runtime.pressure.held
        )
        shed = CounterMetricFamily(
            "lading_gateway_shed", "Calls that the gateway turned away, by what told it to", labels=["by"]
        )
        for by, count in runtime.pressure.shed.items():
            shed.add_metric([by], count)
        yield shed
        relays = runtime.relays
        yield GaugeMetricFamily("lading_gateway_websockets", "WebSockets that are open", relays.open)
        carried = CounterMetricFamily(
            "lading_gateway_websocket_bytes", "Bytes that WebSockets have carried", labels=["from"]
        )
        carried.add_metric(["client"], relays.from_clients)
        carried.add_metric(["upstream"], relays.from_upstreams)
        yield carried
        certificates = runtime.certificates
        if certificates is not None:
            yield GaugeMetricFamily(
                "lading_gateway_certificate_expiry_seconds",
                "When the first of the certificates in force expires, in seconds since 1970",
                certificates.ends.timestamp(),
            )
            yield GaugeMetricFamily(
                "lading_gateway_certificate_refused",
                "1 while newer files of certificates cannot be used",
                int(bool(certificates.problem)),
            )
        bad = CounterMetricFamily("lading_gateway_bad_requests", "What was no request", labels=["reason"])
        for reason, count in runtime.bad_requests.items():
            bad.add_metric([reason], count)
        yield bad

    return gauges
