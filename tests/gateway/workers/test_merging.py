from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.parser import text_string_to_metric_families

from gateway.metrics import Metrics
from gateway.workers.merging import merged, told


def counter(count: float) -> CounterMetricFamily:
    family = CounterMetricFamily("lading_gateway_calls", "Calls", labels=["status"])
    family.add_metric(["200"], count)
    return family


def test_every_sample_says_whose_it_is_and_who_is_silent_is_told() -> None:
    text = merged({0: told([counter(3), GaugeMetricFamily("g", "d", 1)]), 1: told([counter(4)]), 2: None})
    found = {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text.decode())
        for sample in family.samples
    }
    assert found == {
        ("lading_gateway_calls_total", (("status", "200"), ("worker", "0"))): 3,
        ("lading_gateway_calls_total", (("status", "200"), ("worker", "1"))): 4,
        ("g", (("worker", "0"),)): 1,
        ("lading_gateway_worker_up", (("worker", "0"),)): 1,
        ("lading_gateway_worker_up", (("worker", "1"),)): 1,
        ("lading_gateway_worker_up", (("worker", "2"),)): 0,
    }


def test_what_a_gateway_counts_survives_the_way() -> None:
    metrics = Metrics()
    text = merged({0: told(metrics.collect())}).decode()
    kinds = {family.name: family.type for family in text_string_to_metric_families(text)}
    alone = {
        family.name: family.type for family in text_string_to_metric_families(metrics.exposition().decode())
    }
    assert kinds == {**alone, "lading_gateway_worker_up": "gauge"}
