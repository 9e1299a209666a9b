"""What a span says of a call: OpenTelemetry's conventions for HTTP (1.23 and later), and what the gateway decided.

As in the access log, nothing that a caller sent stands in it but the method: paths are templates, of a query the
names that the operation declares stay.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from gateway.verdicts import Decision, Outcome, Refusal, Request, Verdict

from .otlp import Value
from .trace import Attempt

if TYPE_CHECKING:
    from gateway.snapshot.operation import Operation

METHODS = frozenset({
    "GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH", "QUERY",
})  # fmt: skip
_REDACTED = "REDACTED"
_MOST = 20


def method_of(request: Request) -> str:
    """The method, `_OTHER` for one that nobody knows."""
    return request.method if request.method in METHODS else "_OTHER"


def route_of(decision: Decision) -> str:
    """The path template with the base path; empty where no operation was found."""
    operation, contract = decision.operation, decision.contract
    if operation is None or contract is None:
        return ""
    base = (operation.base_paths or contract.base_paths or ("",))[0]
    return base + operation.key.partition(" ")[2]


def name_of(method: str, route: str) -> str:
    """The span's name: method and route, `HTTP` for a method that nobody knows."""
    known = "HTTP" if method == "_OTHER" else method
    return f"{known} {route}" if route else known


def server(
    request: Request,
    host: bytes,
    decision: Decision,
    status: int,
    outcome: Outcome,
    verdict: Verdict | None,
    refusal: Refusal | None,
) -> dict[str, Value]:
    """Attributes of the span of the call as the gateway answered it."""
    method, route = method_of(request), route_of(decision)
    found: dict[str, Value] = {
        "http.request.method": method,
        "url.scheme": request.scheme,
        "http.response.status_code": status,
        "lading.outcome": outcome,
        **_server(host.decode("latin-1"), request.scheme),
    }
    if route:
        found["http.route"] = route
        found["url.path"] = route
    if (
        request.query
        and decision.operation is not None
        and (query := _query(request.query, decision.operation))
    ):
        found["url.query"] = query
    if status >= 500:
        found["error.type"] = refusal.code if refusal is not None else str(status)
    if (contract := decision.contract) is not None:
        found["lading.contract"] = contract.name
        found["lading.contract.version"] = contract.version
    if decision.operation is not None:
        found["lading.operation"] = decision.operation.key
    if decision.consumer is not None:
        found["lading.consumer"] = decision.consumer.name
    if refusal is not None:
        found["lading.reason"] = refusal.code
    faults = decision.faults + (verdict.faults if verdict is not None else ())
    if faults:
        found["lading.faults"] = tuple(f"{fault.place} {fault.code}" for fault in faults[:_MOST])
    unvalidated = decision.unvalidated + (verdict.unvalidated if verdict is not None else ())
    if unvalidated:
        found["lading.unvalidated"] = unvalidated[:_MOST]
    return found


def client(request: Request, decision: Decision, attempt: Attempt, resent: int) -> dict[str, Value]:
    """Attributes of the span of one request to an upstream; `resent` counts those before it."""
    parts = urlsplit(attempt.upstream)
    authority = parts.netloc.rpartition("@")[2]
    found: dict[str, Value] = {
        "http.request.method": method_of(request),
        "url.full": f"{parts.scheme}://{authority}{_sent_path(decision)}",
        **_server(authority, parts.scheme),
    }
    if attempt.status:
        found["http.response.status_code"] = attempt.status
    if resent:
        found["http.request.resend_count"] = resent
    if attempt.failed or not attempt.status:
        found["error.type"] = "upstream-failed"
    elif attempt.status >= 400:
        found["error.type"] = str(attempt.status)
    return found


def _sent_path(decision: Decision) -> str:
    """The path template as the upstream has it."""
    operation, contract = decision.operation, decision.contract
    if operation is None or contract is None:
        return "/"
    if contract.upstream_path is None:
        return route_of(decision)
    return contract.upstream_path + operation.key.partition(" ")[2]


def _server(authority: str, scheme: str) -> dict[str, Value]:
    host, colon, port = authority.rpartition(":")
    if colon and port.isdecimal() and len(port) < 6:
        return {"server.address": host, "server.port": int(port)}
    return {"server.address": authority, "server.port": 443 if scheme == "https" else 80}


def _query(query: bytes, operation: Operation) -> str:
    """Declared names without values; what is not declared is left out, as its name may be a value."""
    if operation.pending:
        return ""  # a call that was refused before it was judged, and nobody knows the names yet
    declared = {name for parameter in operation.in_query for name in parameter.names}
    given = [part.partition("=")[0] for part in query.decode("latin-1").split("&", _MOST)[:_MOST]]
    return "&".join(f"{name}={_REDACTED}" for name in dict.fromkeys(given) if name in declared)
