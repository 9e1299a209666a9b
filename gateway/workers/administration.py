"""What operators ask any worker, answered for all of them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import orjson

from gateway.admin import EXPOSITION, JSON, NO_STORE
from gateway.http.administration import Answer
from gateway.verdicts import Request

from .merging import merged
from .peers import Peers

Alone = Callable[[Request], Answer]


def together(alone: Alone, peers: Peers) -> Callable[[Request], Answer | Awaitable[Answer]]:
    """Answers as `alone` does, but metrics and readiness with those of all workers."""

    def answer(request: Request) -> Answer | Awaitable[Answer]:
        if request.method in ("GET", "HEAD"):
            if request.path == b"/-/metrics":
                return _metrics(peers)
            if request.path == b"/-/readyz":
                return _readiness(peers)
        return alone(request)

    return answer


async def _metrics(peers: Peers) -> Answer:
    return 200, [EXPOSITION, NO_STORE], merged(await peers.ask("metrics"))


async def _readiness(peers: Peers) -> Answer:
    """Ready are those of whom all that answer are ready; one that is being replaced does not count."""
    found = await peers.ask("ready")
    told: Mapping[int, dict[str, Any]] = {
        number: orjson.loads(raw) for number, raw in sorted(found.items()) if raw is not None
    }
    ready = all(held["status"] == "ready" for held in told.values())
    first = next(iter(told.values()))
    body = {
        **first,
        "status": "ready" if ready else "not ready",
        "workers": {
            str(number): told.get(number) or {"status": "does not answer"} for number in sorted(found)
        },
    }
    return 200 if ready else 503, [JSON, NO_STORE], orjson.dumps(body)
