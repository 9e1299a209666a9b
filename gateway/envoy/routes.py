"""Times and retries of operations as Envoy's routes: each way that calls are treated is one, found by a header field.

Which operation a call is of is known to us alone, so the answer to Envoy's question names the route, and Envoy chooses
anew. Who names one by himself is overruled.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from gateway.snapshot.operation import Operation
from gateway.snapshot.snapshot import Snapshot
from gateway.upstreams.policy import NO_RETRIES, Retries
from gateway.upstreams.pool import IDEMPOTENT
from gateway.verdicts import Request

from .treating import retries_of, seconds

ROUTE = "lading-route"
"""The request header by which Envoy finds the route. It is set for every call that may pass, and goes no further."""
_UNSENT = "connect-failure,refused-stream,reset-before-request"
_ANY = "connect-failure,refused-stream,reset,retriable-status-codes"
_LOOKS = 20
"""How often another address is drawn where the one that was tried came up again; of two it does so every other time."""


@dataclass(frozen=True, slots=True)
class Way:
    """How a call is treated. `timeout` in seconds, None for the usual one; `tries` beyond the first; `safe`: whether it may
    be made twice; `others`: whether there is another address to try."""

    timeout: float | None = None
    tries: int = 0
    safe: bool = False
    retries: Retries = NO_RETRIES
    others: bool = False

    @property
    def name(self) -> str:
        """The same for the same treatment, in whichever process; a configuration of before knows it or takes the usual."""
        if self == USUAL:
            return "usual"
        retries = self.retries
        facts = (
            self.timeout, self.tries, self.safe, self.others, retries.base, retries.longest, retries.try_timeout,
            sorted(retries.statuses),
        )  # fmt: skip
        return hashlib.sha256(repr(facts).encode()).hexdigest()[:16]


USUAL = Way()


def way_of(operation: Operation, request: Request) -> Way:
    """The way of a call."""
    retries = operation.contract.policy.retries
    keyed = retries is not None and retries.idempotency_key and b"idempotency-key" in request.fields
    return _way(operation, safe=request.method in IDEMPOTENT or keyed)


def routes(snapshot: Snapshot, cluster_header: str, usual: float) -> list[dict[str, Any]]:
    """All routes, the usual one last; `usual` is how long a call may take where nothing is said, in seconds."""
    ways = {way.name: way for way in _ways(snapshot) if way != USUAL}
    return [_route(way, cluster_header, usual) for _, way in sorted(ways.items())] + [
        _route(USUAL, cluster_header, usual)
    ]


def _ways(snapshot: Snapshot) -> Iterable[Way]:
    for compiled in snapshot.everything:
        for _, _, operation in compiled.operations:
            for safe in (True, False):
                yield _way(operation, safe=safe)


def _way(operation: Operation, *, safe: bool) -> Way:
    contract, course = operation.contract, operation.course
    retries = retries_of(contract.policy, len(contract.upstreams))
    tries = retries.attempts if course.attempts is None else course.attempts
    if tries == 0:
        return Way(course.timeout)
    return Way(course.timeout, tries, safe, retries, len(contract.upstreams) > 1)


def _route(way: Way, cluster_header: str, usual: float) -> dict[str, Any]:
    match: dict[str, Any] = {"prefix": "/"}
    if way != USUAL:
        match["headers"] = [{"name": ROUTE, "string_match": {"exact": way.name}}]
    action: dict[str, Any] = {
        "cluster_header": cluster_header,
        "timeout": seconds(usual if way.timeout is None else way.timeout),
    }
    if way.tries:
        action["retry_policy"] = _retry_policy(way)
    return {"match": match, "route": action, "request_headers_to_remove": [cluster_header, ROUTE]}


def _retry_policy(way: Way) -> dict[str, Any]:
    retries = way.retries
    found: dict[str, Any] = {
        "retry_on": _ANY if way.safe else _UNSENT,
        "num_retries": way.tries,
        "retry_back_off": {
            "base_interval": seconds(max(0.001, retries.base)),
            "max_interval": seconds(max(0.001, retries.base, retries.longest)),
        },
    }
    if way.safe:
        found["retriable_status_codes"] = sorted(retries.statuses)
    if retries.try_timeout is not None:
        found["per_try_timeout"] = seconds(retries.try_timeout)
    if way.others:
        found["retry_host_predicate"] = [
            {
                "name": "envoy.retry_host_predicates.previous_hosts",
                "typed_config": {
                    "@type": "type.googleapis.com/envoy.extensions.retry.host.previous_hosts.v3.PreviousHostsPredicate"
                },
            }
        ]
        found["host_selection_retry_max_attempts"] = _LOOKS
    return found
