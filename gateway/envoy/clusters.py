"""The upstreams of contracts as Envoy's clusters."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from gateway.snapshot.contract import Contract
from gateway.upstreams.policy import Policy

from .treating import treated


def cluster_of(contract: Contract) -> str:
    """The name of the cluster with the contract's upstreams; empty where it has none."""
    if not contract.upstreams:
        return ""
    return "upstream-" + hashlib.sha256("\n".join(contract.upstreams).encode()).hexdigest()[:16]


def clusters(contracts: Iterable[Contract], buffer: int) -> list[dict[str, Any]]:
    """Each set of upstreams once, treated as the first contract that has it says; `buffer` is what may be held back of a
    response, in bytes."""
    held: dict[str, Contract] = {}
    for contract in contracts:
        if contract.upstreams:
            held.setdefault(cluster_of(contract), contract)
    return [
        _cluster(name, contract.upstreams, contract.policy, buffer) for name, contract in sorted(held.items())
    ]


def _cluster(name: str, upstreams: tuple[str, ...], policy: Policy, buffer: int) -> dict[str, Any]:
    parts = [urlsplit(upstream) for upstream in upstreams]
    found: dict[str, Any] = {
        "name": name,
        "type": "STRICT_DNS",
        **treated(policy, len(upstreams)),
        "per_connection_buffer_limit_bytes": buffer,
        "load_assignment": {
            "cluster_name": name,
            "endpoints": [
                {
                    "lb_endpoints": [
                        {
                            "endpoint": {
                                "address": address(part.hostname or "", part.port or _usual(part.scheme))
                            }
                        }
                        for part in parts
                    ]
                }
            ],
        },
    }
    if parts[0].scheme == "https":
        found["transport_socket"] = {
            "name": "envoy.transport_sockets.tls",
            "typed_config": {
                "@type": "type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext",
                "sni": parts[0].hostname,
                "common_tls_context": {
                    "validation_context": {
                        "trusted_ca": {"filename": "/etc/ssl/certs/ca-certificates.crt"},
                        "match_typed_subject_alt_names": [
                            {"san_type": "DNS", "matcher": {"exact": parts[0].hostname}}
                        ],
                    }
                },
            },
        }
    return found


def _usual(scheme: str) -> int:
    return 443 if scheme == "https" else 80


def address(host: str, port: int) -> dict[str, Any]:
    """An address in Envoy's words."""
    return {"socket_address": {"address": host, "port_value": port}}
