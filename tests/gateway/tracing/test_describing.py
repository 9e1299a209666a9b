from __future__ import annotations

from gateway.pipeline import decide
from gateway.tracing import describing
from gateway.tracing.trace import Attempt
from gateway.verdicts import Decision, Refusal, Request
from tests.gateway.world import orders

REQUEST = Request(
    "GET", b"/erp/v1/orders", b"limit=5&limit=6&token=secret&secretword", [(b"host", b"api.example:8443")]
)


def described(request: Request, status: int = 200, refusal: Refusal | None = None) -> dict[str, object]:
    decision = decide(orders(), request)
    return dict(
        describing.server(
            request, b"api.example:8443", decision, status, "ok", None, refusal or decision.refusal
        )
    )


def test_a_call_is_told_by_the_conventions_without_its_values() -> None:
    assert described(Request("GET", b"/erp/v1/orders/AB12", b"", [])) == {
        "http.request.method": "GET",
        "url.scheme": "http",
        "url.path": "/erp/v1/orders/{orderId}",
        "http.route": "/erp/v1/orders/{orderId}",
        "http.response.status_code": 200,
        "server.address": "api.example",
        "server.port": 8443,
        "lading.outcome": "ok",
        "lading.contract": "Orders",
        "lading.contract.version": "1.2.0",
        "lading.operation": "GET /orders/{orderId}",
    }


def test_of_a_query_only_declared_names_stay() -> None:
    found = described(REQUEST)
    assert found["url.query"] == "limit=REDACTED"
    assert found["lading.reason"] == "invalid-request"
    assert "secret" not in repr(found)


def test_a_path_of_no_operation_is_not_told() -> None:
    found = described(Request("GET", b"/reset/secret-token", b"a=secret", []), 404)
    assert found["lading.reason"] == "not-found"
    assert "url.path" not in found
    assert "secret" not in repr(found)


def test_failures_have_a_type() -> None:
    assert described(REQUEST, 502, Refusal(502, "upstream-failed", "x"))["error.type"] == "upstream-failed"
    assert describing.method_of(Request("BREW", b"/")) == "_OTHER"
    assert describing.name_of("_OTHER", "") == "HTTP"
    assert describing.name_of("GET", "/a/{b}") == "GET /a/{b}"


def test_requests_to_upstreams_are_told_without_credentials_of_the_address() -> None:
    request = Request("GET", b"/erp/v1/orders/AB12")
    decision = decide(orders("http://127.0.0.1:9/base"), request)
    answered = describing.client(
        request, decision, Attempt(b"", "http://ada:secret@up.example:9", 1, 2, 404), 0
    )
    assert answered == {
        "http.request.method": "GET",
        "url.full": "http://up.example:9/base/orders/{orderId}",
        "server.address": "up.example",
        "server.port": 9,
        "http.response.status_code": 404,
        "error.type": "404",
    }
    failed = describing.client(request, Decision(), Attempt(b"", "https://up.example", 1, 2, 0), 2)
    assert failed["error.type"] == "upstream-failed"
    assert failed["http.request.resend_count"] == 2
    assert failed["server.port"] == 443
