"""How upstreams are treated, as far as Envoy's clusters have the same: the rest is said in the guide."""

from __future__ import annotations

from typing import Any

from gateway.upstreams.policy import Checks, Ejection, Policy


def treated(policy: Policy, addresses: int) -> dict[str, Any]:
    """Members of a cluster with so many addresses: connecting, choice, ejection, health checks, bounds."""
    several = addresses > 1
    found: dict[str, Any] = {
        "connect_timeout": f"{policy.connect_timeout:g}s",
        "circuit_breakers": {"thresholds": [_bounds(policy, addresses)]},
    }
    if several:
        found["lb_policy"] = "LEAST_REQUEST"  # of two that are drawn
        if policy.ejection is not None:
            found["outlier_detection"] = _ejection(policy.ejection)
            found["common_lb_config"] = {
                "healthy_panic_threshold": {"value": 100 * (1 - policy.ejection.most)}
            }
    if policy.checks is not None:
        found["health_checks"] = [_checks(policy.checks)]
    return found


def _bounds(policy: Policy, addresses: int) -> dict[str, Any]:
    """Envoy's bounds are those of the whole cluster."""
    connections = policy.connections * addresses
    found: dict[str, Any] = {
        "max_connections": connections,
        "max_pending_requests": policy.waiting * addresses,
        "max_requests": policy.in_flight or connections + policy.waiting * addresses,
    }
    if policy.retries is not None:
        found["retry_budget"] = {
            "budget_percent": {"value": 100 * policy.retries.budget},
            "min_retry_concurrency": policy.retries.reserve,
        }
    return found


def _ejection(held: Ejection) -> dict[str, Any]:
    """502, 503, 504 and no answer count, as here; 500 does not."""
    return {
        "consecutive_gateway_failure": held.failures,
        "enforcing_consecutive_gateway_failure": 100,
        "enforcing_consecutive_5xx": 0,
        "enforcing_success_rate": 0,
        "interval": "1s",
        "base_ejection_time": f"{held.seconds:g}s",
        "max_ejection_time": f"{held.longest:g}s",
        "max_ejection_percent": round(100 * held.most),
    }


def _checks(held: Checks) -> dict[str, Any]:
    return {
        "interval": f"{held.interval:g}s",
        "timeout": f"{held.timeout:g}s",
        "unhealthy_threshold": held.failures,
        "healthy_threshold": held.successes,
        "http_health_check": {"path": held.path, "expected_statuses": [{"start": 200, "end": 400}]},
    }
