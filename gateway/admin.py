"""What operators ask the gateway itself: is it alive, is it ready, what has it counted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import orjson

from gateway.http.administration import Answer
from gateway.http.runtime import Runtime
from gateway.metrics import Metrics
from gateway.verdicts import Header, Request

JSON: Header = (b"content-type", b"application/json")
EXPOSITION: Header = (b"content-type", b"text/plain; version=0.0.4; charset=utf-8")
NO_STORE: Header = (b"cache-control", b"no-store")


def administration(
    runtime: Runtime, metrics: Metrics, details: Callable[[], dict[str, Any]] | None = None
) -> Callable[[Request], Answer]:
    """Answers `/-/healthz`, `/-/readyz` and `/-/metrics`.

    Healthy is a process that answers; ready is one that has contracts to serve and is not about to end.
    `details` adds to what readiness tells.
    """

    def answer(request: Request) -> Answer:
        if request.method not in ("GET", "HEAD"):
            return 405, [(b"allow", b"GET, HEAD"), NO_STORE], b""
        if request.path == b"/-/healthz":
            return 200, [JSON, NO_STORE], orjson.dumps({"status": "ok"})
        if request.path == b"/-/readyz":
            ready = bool(runtime.snapshot.id) and not runtime.draining
            told = {
                "status": "ready" if ready else "not ready",
                "bundle": {"id": runtime.snapshot.id, "serial": runtime.snapshot.serial},
                "contracts": len(runtime.snapshot.contracts),
                **(details() if details is not None else {}),
            }
            return 200 if ready else 503, [JSON, NO_STORE], orjson.dumps(told)
        if request.path == b"/-/metrics":
            return 200, [EXPOSITION, NO_STORE], metrics.exposition()
        return 404, [JSON, NO_STORE], orjson.dumps({"status": "not here"})

    return answer
