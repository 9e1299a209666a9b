from dataclasses import replace

from gateway.upstreams.groups import Groups
from gateway.upstreams.metrics import metrics_of
from gateway.upstreams.policy import Breaking, Policy
from tests.gateway.world import orders

(CONTRACT,) = orders().contracts
A, B = "http://a:1", "http://b:2"


def told(groups: Groups) -> dict[str, float]:
    return {
        f"{sample.name}{sorted(sample.labels.items())}": sample.value
        for family in metrics_of(groups, lambda: 0.0)()
        for sample in family.samples
    }


def test_states_ejections_retries_and_breakers_are_told() -> None:
    groups = Groups()
    held = replace(CONTRACT, upstreams=(A, B), policy=Policy(breaking=Breaking(calls=5), in_flight=1))
    groups.swap([held])
    group = groups.of(held)
    assert group is not None
    assert group.enter(0.0) is None
    assert group.enter(0.0) is not None
    for _ in range(5):
        group.failed(group.endpoints[0], 0.0)
        group.leave(False, 0.0)
    group.retried["connect"] = 3
    group.budget.used_up = 2
    found = told(groups)
    label = f"('upstream', '{A},{B}')"
    assert found[f"lading_gateway_upstream_state[('state', 'ejected'), ('upstream', '{A}')]"] == 1
    assert found[f"lading_gateway_upstream_state[('state', 'well'), ('upstream', '{A}')]"] == 0
    assert found[f"lading_gateway_upstream_state[('state', 'well'), ('upstream', '{B}')]"] == 1
    assert found[f"lading_gateway_upstream_ejections_total[('by', 'calls'), ('upstream', '{A}')]"] == 1
    assert found[f"lading_gateway_breaker_state[('state', 'open'), {label}]"] == 1
    assert found[f"lading_gateway_breaker_total[{label}, ('what', 'opened')]"] == 1
    assert found[f"lading_gateway_retries_total[('reason', 'connect'), {label}]"] == 3
    assert found[f"lading_gateway_retry_budget_used_up_total[{label}]"] == 2
    assert found[f"lading_gateway_upstream_shed_total[{label}]"] == 1


def test_no_two_samples_have_the_same_labels() -> None:
    """Prometheus refuses the whole scrape otherwise."""
    groups = Groups()
    groups.swap(
        [
            replace(CONTRACT, upstreams=(A,)),
            replace(CONTRACT, upstreams=(A,), policy=Policy(breaking=Breaking())),
            replace(CONTRACT, upstreams=(A,), policy=Policy(breaking=Breaking(), in_flight=3)),
        ]
    )
    names = [
        (sample.name, tuple(sorted(sample.labels.items())))
        for family in metrics_of(groups, lambda: 0.0)()
        for sample in family.samples
    ]
    assert len(names) == len(set(names))
