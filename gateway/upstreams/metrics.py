"""What is told of upstreams in metrics: how addresses and groups stand, what was tried again, what was turned away."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric

from .group import Group
from .groups import Groups

_STATES = ("well", "ejected", "probation", "unwell")
_BREAKER = ("closed", "half-open", "open")


def metrics_of(groups: Groups, now: Callable[[], float]) -> Callable[[], Iterator[Metric]]:
    """Metrics of all addresses and groups in force; `now` is the clock that they live by."""

    def metrics() -> Iterator[Metric]:
        yield from _addresses(groups, now())
        yield from _groups(groups, now())

    return metrics


def _addresses(groups: Groups, now: float) -> Iterator[Metric]:
    pools = GaugeMetricFamily(
        "lading_gateway_upstream_connections", "Connections to upstreams", labels=["upstream", "state"]
    )
    states = GaugeMetricFamily(
        "lading_gateway_upstream_state", "1 for the state that an address is in", labels=["upstream", "state"]
    )
    ejected = CounterMetricFamily(
        "lading_gateway_upstream_ejections",
        "Times that an address was taken out, by what found it unwell",
        labels=["upstream", "by"],
    )
    # An address has several endpoints where contracts treat it differently: what Prometheus sees is their sum.
    open_: dict[tuple[str, str], int] = {}
    held: dict[tuple[str, str], int] = {}
    out: dict[tuple[str, str], int] = {}
    for endpoint in groups.endpoints:
        for state, count in endpoint.pool.counts.items():
            _add(open_, (endpoint.address, state), count)
        at = endpoint.standing.state(now)
        for one in _STATES:
            _add(held, (endpoint.address, one), int(one == at))
        for by, count in endpoint.standing.counts.items():
            _add(out, (endpoint.address, by), count)
    for family, counts in ((pools, open_), (states, held), (ejected, out)):
        for labels, count in counts.items():
            family.add_metric(list(labels), count)
        yield family


def _groups(groups: Groups, now: float) -> Iterator[Metric]:
    breakers = GaugeMetricFamily(
        "lading_gateway_breaker_state",
        "1 for the state that a circuit breaker is in",
        labels=["upstream", "state"],
    )
    breaker = CounterMetricFamily(
        "lading_gateway_breaker",
        "Times that a circuit breaker opened, and calls that it refused",
        labels=["upstream", "what"],
    )
    retries = CounterMetricFamily(
        "lading_gateway_retries", "Calls that were tried again", labels=["upstream", "reason"]
    )
    budget = CounterMetricFamily(
        "lading_gateway_retry_budget_used_up",
        "Retries that were not made, as too many were made already",
        labels=["upstream"],
    )
    shed = CounterMetricFamily(
        "lading_gateway_upstream_shed",
        "Calls refused because as many as allowed were on their way",
        labels=["upstream"],
    )
    for label, group in _labelled(groups):
        if group.breaker is not None:
            state = group.breaker.state(now)
            for one in _BREAKER:
                breakers.add_metric([label, one], int(one == state))
            breaker.add_metric([label, "opened"], group.breaker.opened)
            breaker.add_metric([label, "refused"], group.breaker.refused)
        for reason, count in group.retried.items():
            retries.add_metric([label, reason], count)
        if group.retries.attempts:
            budget.add_metric([label], group.budget.used_up)
        if group.policy.in_flight is not None:
            shed.add_metric([label], group.shed)
    yield from (breakers, breaker, retries, budget, shed)


def _labelled(groups: Groups) -> Iterator[tuple[str, Group]]:
    """Groups by their addresses; those that are the same but for their policy are told apart by a number."""
    seen: dict[str, int] = {}
    for group in groups.all:
        number = seen[group.label] = seen.get(group.label, 0) + 1
        yield (group.label if number == 1 else f"{group.label}#{number}"), group


def _add(counts: dict[tuple[str, str], int], key: tuple[str, str], count: int) -> None:
    counts[key] = counts.get(key, 0) + count
