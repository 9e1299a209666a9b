"""How upstreams are treated, as far as Envoy's clusters have the same: the rest is said in the guide."""

from __future__ import annotations

from typing import Any

from gateway.upstreams.policy import (
    NO_RETRIES,
    UNWELL,
    WHERE_OTHERS_ARE,
    Breaking,
    Checks,
    Ejection,
    Policy,
    Retries,
)

_OPTIONS = "envoy.extensions.upstreams.http.v3.HttpProtocolOptions"


def treated(policy: Policy, addresses: int) -> dict[str, Any]:
    """Members of a cluster with so many addresses: connecting, choice, ejection, breaker, health checks, bounds."""
    several = addresses > 1
    ejection = policy.ejection if several else None
    breaking = policy.breaking
    found: dict[str, Any] = {
        "connect_timeout": seconds(policy.connect_timeout),
        "circuit_breakers": {"thresholds": [_bounds(policy, addresses)]},
        "typed_extension_protocol_options": {_OPTIONS: _protocol(policy)},
    }
    if several:
        found["lb_policy"] = "LEAST_REQUEST"  # of two that are drawn
    if ejection is not None or breaking is not None:
        found["outlier_detection"] = _outliers(ejection, breaking)
    if breaking is not None:
        # Where all are out nothing passes: that is what a breaker is for.
        found["common_lb_config"] = {"healthy_panic_threshold": {"value": 0}}
    elif ejection is not None:
        found["common_lb_config"] = {"healthy_panic_threshold": {"value": 100 * (1 - ejection.most)}}
    if policy.checks is not None:
        found["health_checks"] = [_checks(policy.checks)]
    return found


def retries_of(policy: Policy, addresses: int) -> Retries:
    """What is tried again where nothing is said: once more, if there is another address."""
    return policy.retries or (WHERE_OTHERS_ARE if addresses > 1 else NO_RETRIES)


def _protocol(policy: Policy) -> dict[str, Any]:
    found: dict[str, Any] = {
        "@type": f"type.googleapis.com/{_OPTIONS}",
        "common_http_protocol_options": {"idle_timeout": seconds(policy.idle)},
        "explicit_http_config": {"http_protocol_options": {}},
    }
    if policy.breaking is not None:
        # Envoy takes every 5xx for a failure unless it is told otherwise; a 500 says nothing about the server's health.
        rules = [
            {
                "http_response_headers_match": {
                    "headers": [{"name": ":status", "string_match": {"exact": str(status)}}]
                }
            }
            for status in sorted(UNWELL)
        ]
        found["outlier_detection"] = {"error_matcher": {"or_match": {"rules": rules}}}
    return found


def _bounds(policy: Policy, addresses: int) -> dict[str, Any]:
    """Envoy's bounds are those of the whole cluster."""
    connections = policy.connections * addresses
    retries = retries_of(policy, addresses)
    return {
        "max_connections": connections,
        "max_pending_requests": policy.waiting * addresses,
        "max_requests": policy.in_flight or connections + policy.waiting * addresses,
        "retry_budget": {
            "budget_percent": {"value": 100 * retries.budget},
            "min_retry_concurrency": retries.reserve,
        },
    }


def _outliers(ejection: Ejection | None, breaking: Breaking | None) -> dict[str, Any]:
    """502, 503, 504 and no answer count, as here; 500 does not.

    Envoy has no breaker by the share of calls that failed, but it leaves out addresses by it. With every address left out
    nothing passes, which is the breaker open. It minds each address by itself, and lets all calls through afterwards.
    """
    found: dict[str, Any] = {
        "enforcing_consecutive_5xx": 0,
        "enforcing_consecutive_gateway_failure": 0,
        "enforcing_success_rate": 0,
        "interval": "1s",
    }
    if ejection is not None:
        # By the matcher of `_protocol`, what is a failure reaches the detector as 500, whatever its status was.
        kind = "gateway_failure" if breaking is None else "5xx"
        found |= {
            f"consecutive_{kind}": ejection.failures,
            f"enforcing_consecutive_{kind}": 100,
            "base_ejection_time": seconds(ejection.seconds),
            "max_ejection_time": seconds(ejection.longest),
            "max_ejection_percent": round(100 * ejection.most),
        }
    if breaking is not None:
        found |= {
            "failure_percentage_threshold": round(100 * breaking.failures),
            "failure_percentage_request_volume": breaking.calls,
            "failure_percentage_minimum_hosts": 1,
            "enforcing_failure_percentage": 100,
            "interval": seconds(breaking.window),
            "base_ejection_time": seconds(breaking.seconds),
            "max_ejection_time": seconds(breaking.longest),
            "max_ejection_percent": 100,
        }
    return found


def _checks(held: Checks) -> dict[str, Any]:
    return {
        "interval": seconds(held.interval),
        "timeout": seconds(held.timeout),
        "unhealthy_threshold": held.failures,
        "healthy_threshold": held.successes,
        "http_health_check": {"path": held.path, "expected_statuses": [{"start": 200, "end": 400}]},
    }


def seconds(value: float) -> str:
    """A duration in protobuf's JSON, which has no exponents."""
    return f"{value:.9f}".rstrip("0").rstrip(".") + "s"
