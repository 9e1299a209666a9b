"""What is told of Idempotency-Keys in metrics."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric

from .replays import Replays


def keys_of(replays: Replays) -> Callable[[], Iterator[Metric]]:
    """What was made of calls with a key, and what this process keeps."""

    def metrics() -> Iterator[Metric]:
        counts = CounterMetricFamily(
            "lading_gateway_idempotency", "What was made of calls with an Idempotency-Key", labels=["outcome"]
        )
        for outcome, count in replays.counts.items():
            counts.add_metric([outcome], count)
        yield counts
        memory = replays.memory
        yield GaugeMetricFamily(
            "lading_gateway_idempotency_entries", "Keys that this process keeps", len(memory)
        )
        yield GaugeMetricFamily("lading_gateway_idempotency_bytes", "Bytes that they take", memory.size)
        yield CounterMetricFamily(
            "lading_gateway_idempotency_dropped",
            "Answers that were dropped before their time, for want of room",
            memory.dropped,
        )

    return metrics
