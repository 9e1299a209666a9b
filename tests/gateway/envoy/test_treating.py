import json
import subprocess
from dataclasses import replace
from pathlib import Path

from gateway.envoy.configuration import configuration
from gateway.envoy.treating import seconds, treated
from gateway.snapshot.snapshot import snapshot
from gateway.upstreams.policy import Breaking, Checks, Ejection, Policy, Retries
from tests.gateway.world import orders

from .world import binary

ALL = Policy(
    connect_timeout=1.5,
    connections=10,
    waiting=5,
    in_flight=40,
    ejection=Ejection(failures=7, seconds=2.0, longest=60.0, most=0.3),
    checks=Checks("/healthz", interval=4.0),
    retries=Retries(budget=0.25, reserve=4),
)


def test_what_envoy_has_too_is_said_in_its_words() -> None:
    found = treated(ALL, 3)
    assert found["connect_timeout"] == "1.5s"
    assert found["lb_policy"] == "LEAST_REQUEST"
    assert found["outlier_detection"]["consecutive_gateway_failure"] == 7
    assert found["outlier_detection"]["max_ejection_percent"] == 30
    assert found["common_lb_config"]["healthy_panic_threshold"]["value"] == 70
    assert found["health_checks"][0]["http_health_check"]["path"] == "/healthz"
    (bounds,) = found["circuit_breakers"]["thresholds"]
    assert (bounds["max_connections"], bounds["max_pending_requests"], bounds["max_requests"]) == (30, 15, 40)
    assert bounds["retry_budget"] == {"budget_percent": {"value": 25.0}, "min_retry_concurrency": 4}


def test_a_breaker_is_addresses_that_are_all_left_out() -> None:
    found = treated(
        Policy(breaking=Breaking(failures=0.4, calls=30, window=5.0, seconds=3.0, longest=9.0)), 1
    )
    held = found["outlier_detection"]
    assert (held["failure_percentage_threshold"], held["failure_percentage_request_volume"]) == (40, 30)
    assert (held["interval"], held["base_ejection_time"], held["max_ejection_time"]) == ("5s", "3s", "9s")
    assert (held["max_ejection_percent"], held["enforcing_failure_percentage"]) == (100, 100)
    assert "consecutive_gateway_failure" not in held
    assert found["common_lb_config"]["healthy_panic_threshold"]["value"] == 0
    (options,) = found["typed_extension_protocol_options"].values()
    assert len(options["outlier_detection"]["error_matcher"]["or_match"]["rules"]) == 3


def test_beside_a_breaker_ejection_counts_what_the_matcher_makes_of_failures() -> None:
    held = treated(replace(ALL, breaking=Breaking()), 2)["outlier_detection"]
    assert (held["consecutive_5xx"], held["enforcing_consecutive_5xx"]) == (7, 100)
    assert held["enforcing_consecutive_gateway_failure"] == 0


def test_durations_are_protobufs() -> None:
    assert [seconds(value) for value in (30.0, 0.025, 1e-5, 1.5)] == ["30s", "0.025s", "0.00001s", "1.5s"]


def test_one_address_is_neither_chosen_nor_ejected() -> None:
    found = treated(Policy(), 1)
    assert "lb_policy" not in found
    assert "outlier_detection" not in found
    assert "health_checks" not in found


def test_envoy_takes_all_of_it(tmp_path: Path) -> None:
    (entry,) = orders().compiled
    contract = replace(
        entry.contract,
        upstreams=("http://a.example", "http://b.example:81"),
        policy=replace(ALL, breaking=Breaking()),
    )
    held = configuration(
        snapshot([replace(entry, contract=contract)], id="x"), ("127.0.0.1", 8401), ("127.0.0.1", 8402)
    )
    path = tmp_path / "envoy.json"
    path.write_text(json.dumps(held))
    done = subprocess.run(
        [binary(), "--mode", "validate", "-c", path], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "outlier_detection" in path.read_text()
