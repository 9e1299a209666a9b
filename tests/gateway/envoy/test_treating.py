import json
import subprocess
from dataclasses import replace
from pathlib import Path

from gateway.envoy.configuration import configuration
from gateway.envoy.treating import treated
from gateway.snapshot.snapshot import snapshot
from gateway.upstreams.policy import Checks, Ejection, Policy, Retries
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


def test_one_address_is_neither_chosen_nor_ejected() -> None:
    found = treated(Policy(), 1)
    assert "lb_policy" not in found
    assert "outlier_detection" not in found
    assert "health_checks" not in found


def test_envoy_takes_all_of_it(tmp_path: Path) -> None:
    (entry,) = orders().compiled
    contract = replace(entry.contract, upstreams=("http://a.example", "http://b.example:81"), policy=ALL)
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
