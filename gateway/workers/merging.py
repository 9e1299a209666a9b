"""Metrics of several workers as one exposition: every sample says whose it is.

They are not added up: a worker that is replaced begins at zero, and a sum that goes down would be read as a reset of all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import orjson
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import generate_latest
from prometheus_client.registry import Collector, CollectorRegistry


def told(families: Iterable[Metric]) -> bytes:
    """What a worker tells the one that was asked."""
    return orjson.dumps(
        [
            [family.name, family.documentation, family.type, [_sample(sample) for sample in family.samples]]
            for family in families
        ]
    )


def _sample(sample: object) -> list[object]:
    name, labels, value = sample[:3]  # type: ignore[index]
    return [name, labels, value]


def merged(by_worker: Mapping[int, bytes | None]) -> bytes:
    """The text that Prometheus scrapes; None stands for a worker that did not answer."""
    up = GaugeMetricFamily("lading_gateway_worker_up", "Whether the worker answers", labels=["worker"])
    families: dict[str, Metric] = {}
    for number, raw in sorted(by_worker.items()):
        up.add_metric([str(number)], int(raw is not None))
        for name, documentation, kind, samples in orjson.loads(raw or b"[]"):
            family = families.setdefault(name, Metric(name, documentation, kind))
            for sample, labels, value in samples:
                family.add_sample(sample, {**labels, "worker": str(number)}, value)
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Fixed([up, *families.values()]))
    return generate_latest(registry)


class _Fixed(Collector):
    def __init__(self, families: list[Metric]) -> None:
        self._families = families

    def collect(self) -> Iterable[Metric]:
        return self._families
