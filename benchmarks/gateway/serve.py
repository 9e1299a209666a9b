"""`python -m benchmarks.gateway.serve PORT UPSTREAM_PORT FOLDER`: a gateway with everything on.

API key, rate limit, request and response validation, observations to disk. The registry is away, as it may be.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import uvloop

from gateway.bundle.compiling import compile_bundle
from gateway.bundle.manifest import Manifest
from gateway.http.server import bind
from gateway.service import Registry, Service, run

KEY = "lk_bench001_" + "k" * 43


def manifest(upstream: int, digest: str) -> Manifest:
    """A bundle of one contract and one consumer."""
    entry = {
        "contract": "erp/orders",
        "version": "1.0.0",
        "state": "published",
        "root": "order.openapi.yaml",
        "files": {"order.openapi.yaml": digest},
        "base_path": "/erp/orders/v1",
        "upstreams": [f"http://127.0.0.1:{upstream}"],
        "upstream_path": "",
        "modes": {"request": "enforce", "response": "enforce"},
        "access": "key",
        "unknown_query": "refuse",
    }
    consumer = {
        "id": "c1",
        "name": "bench",
        "keys": [{"id": "bench001", "sha256": hashlib.sha256(KEY.encode()).hexdigest(), "expires_at": None}],
        "subscriptions": [{"contract": "erp/orders", "major": 1, "plan": "bench"}],
    }
    plans = {"bench": {"limit": 1_000_000_000, "window": 60, "burst": 1_000_000_000}}
    return Manifest("sha256:bench", "default", 1, (entry,), (consumer,), plans)


def orders() -> tuple[bytes, str]:
    """The contract of the orders, and its digest."""
    content = (Path(__file__).parent / "order.openapi.yaml").read_bytes()
    return content, "sha256:" + hashlib.sha256(content).hexdigest()


def main(port: int, upstream: int, folder: Path) -> None:
    content, digest = orders()
    registry = Registry("http://127.0.0.1:9", "", "default", "bench", folder)
    service = Service(registry=registry)
    service.runtime.swap(compile_bundle(manifest(upstream, digest), {digest: content}.get))
    uvloop.run(run(service, bind("127.0.0.1", port), grace=0.5))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
