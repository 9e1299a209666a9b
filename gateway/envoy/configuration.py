"""Envoy's whole configuration: it listens, asks us about every call and every answer, and passes on what may."""

from __future__ import annotations

from typing import Any

from gateway.snapshot.snapshot import Snapshot

from .authorization import UPSTREAM
from .clusters import address, clusters
from .processing import AUTHORIZATION
from .routes import routes
from .treating import seconds

_TYPES = "type.googleapis.com/envoy.extensions"
_GATEWAY = "lading"


def configuration(
    snapshot: Snapshot,
    listen: tuple[str, int],
    gateway: tuple[str, int],
    *,
    timeout: float = 2.0,
    upstream: float = 30.0,
) -> dict[str, Any]:
    """The bootstrap document. `timeout` is how long a question of Envoy's may take, `upstream` a whole call, in seconds.

    Without the gateway's answer nothing passes: 503.
    """
    bounds = snapshot.bounds
    listener = {
        "name": "calls",
        "address": address(*listen),
        "per_connection_buffer_limit_bytes": max(bounds.request_body, bounds.response_body),
        "filter_chains": [
            {
                "filters": [
                    {
                        "name": "envoy.filters.network.http_connection_manager",
                        "typed_config": _manager(snapshot, timeout, upstream),
                    }
                ]
            }
        ],
    }
    return {
        "static_resources": {
            "listeners": [listener],
            "clusters": [_ours(gateway), *clusters(snapshot.contracts, bounds.response_body)],
        }
    }


def _manager(snapshot: Snapshot, timeout: float, upstream: float) -> dict[str, Any]:
    bounds = snapshot.bounds
    return {
        "@type": f"{_TYPES}.filters.network.http_connection_manager.v3.HttpConnectionManager",
        "stat_prefix": "calls",
        "use_remote_address": True,
        # One reading of the path, ours: it is judged as it came, and what goes on is what was judged.
        "normalize_path": False,
        "merge_slashes": False,
        "path_with_escaped_slashes_action": "KEEP_UNCHANGED",
        "max_request_headers_kb": bounds.headers // 1024,
        "request_headers_timeout": "15s",
        "stream_idle_timeout": "60s",
        "request_timeout": "60s",
        "route_config": {
            "virtual_hosts": [
                {
                    "name": "all",
                    "domains": ["*"],
                    "routes": routes(snapshot, UPSTREAM, upstream),
                }
            ]
        },
        "http_filters": [_authorization(bounds.request_body, timeout), _processing(timeout), _router()],
    }


def _authorization(most: int, timeout: float) -> dict[str, Any]:
    return {
        "name": AUTHORIZATION,
        "typed_config": {
            "@type": f"{_TYPES}.filters.http.ext_authz.v3.ExtAuthz",
            "transport_api_version": "V3",
            "grpc_service": _service(timeout),
            "failure_mode_allow": False,
            "status_on_error": {"code": "ServiceUnavailable"},
            "with_request_body": {
                "max_request_bytes": most,
                "allow_partial_message": False,
                "pack_as_bytes": True,
            },
            "encode_raw_headers": True,
            "clear_route_cache": True,
        },
    }


def _processing(timeout: float) -> dict[str, Any]:
    return {
        "name": "envoy.filters.http.ext_proc",
        "typed_config": {
            "@type": f"{_TYPES}.filters.http.ext_proc.v3.ExternalProcessor",
            "grpc_service": _service(timeout),
            "failure_mode_allow": False,
            "status_on_error": {"code": "ServiceUnavailable"},
            "message_timeout": seconds(timeout),
            "allow_mode_override": True,
            "processing_mode": {
                "request_header_mode": "SEND",
                "response_header_mode": "SEND",
                "request_body_mode": "NONE",
                "response_body_mode": "BUFFERED",
                "request_trailer_mode": "SKIP",
                "response_trailer_mode": "SKIP",
            },
            "response_attributes": ["response.code_details"],
            "metadata_options": {"forwarding_namespaces": {"untyped": [AUTHORIZATION]}},
        },
    }


def _router() -> dict[str, Any]:
    return {
        "name": "envoy.filters.http.router",
        "typed_config": {"@type": f"{_TYPES}.filters.http.router.v3.Router"},
    }


def _service(timeout: float) -> dict[str, Any]:
    return {"envoy_grpc": {"cluster_name": _GATEWAY}, "timeout": seconds(timeout)}


def _ours(gateway: tuple[str, int]) -> dict[str, Any]:
    return {
        "name": _GATEWAY,
        "type": "STRICT_DNS",
        "connect_timeout": "1s",
        "typed_extension_protocol_options": {
            "envoy.extensions.upstreams.http.v3.HttpProtocolOptions": {
                "@type": f"{_TYPES}.upstreams.http.v3.HttpProtocolOptions",
                "explicit_http_config": {"http2_protocol_options": {}},
            }
        },
        "load_assignment": {
            "cluster_name": _GATEWAY,
            "endpoints": [{"lb_endpoints": [{"endpoint": {"address": address(*gateway)}}]}],
        },
    }
