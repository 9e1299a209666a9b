from gateway.envoy.authorization import answer, denied, request_of
from gateway.envoy.messages_pb2 import CheckRequest
from gateway.pipeline import decide
from gateway.verdicts import Decision, Refusal, Request
from tests.gateway.world import orders


def asked(
    *headers: tuple[str, bytes], path: str = "/erp/v1/orders?limit=1", protocol: str = "HTTP/1.1"
) -> CheckRequest:
    found = CheckRequest()
    http = found.attributes.request.http
    http.method, http.path, http.host, http.scheme, http.protocol = (
        "GET",
        path,
        "api.example",
        "https",
        protocol,
    )
    for name, value in ((":method", b"GET"), *headers):
        http.header_map.headers.add(key=name, raw_value=value)
    found.attributes.source.address.socket_address.address = "192.0.2.7"
    return found


def test_a_request_is_read_as_it_came() -> None:
    found = request_of(asked(("Accept", b"\xff"), ("accept", b"b")))
    assert isinstance(found, Request)
    assert (found.method, found.path, found.query, found.scheme) == (
        "GET",
        b"/erp/v1/orders",
        b"limit=1",
        "https",
    )
    assert found.headers == [(b"accept", b"\xff"), (b"accept", b"b"), (b"host", b"api.example")]
    assert found.peer == "192.0.2.7"


def test_what_two_readers_could_read_differently_is_refused() -> None:
    found = request_of(asked(("authorization", b"a"), ("authorization", b"b")))
    assert isinstance(found, Refusal)
    assert found.status == 400


def test_without_raw_header_fields_nothing_is_decided() -> None:
    found = CheckRequest()
    found.attributes.request.http.method = "GET"
    refused = request_of(found)
    assert isinstance(refused, Refusal)
    assert refused.status == 500


def test_own_keys_and_forged_consumers_go_no_further() -> None:
    headers = [
        (b"x-api-key", b"lk_abc"),
        (b"lading-consumer", b"forged"),
        (b"authorization", b"Bearer theirs"),
    ]
    request = Request("GET", b"/erp/v1/orders", headers=headers)
    decision = decide(orders(), Request("GET", b"/erp/v1/orders"))
    found = answer(request, decision, "upstream-1")
    assert found.status.code == 0
    assert set(found.ok_response.headers_to_remove) == {"x-api-key", "lading-consumer"}
    assert found.dynamic_metadata["operation"] == "GET /orders"


def test_without_an_upstream_it_is_503() -> None:
    request = Request("GET", b"/erp/v1/orders")
    found = answer(request, decide(orders(), request), "")
    assert found.denied_response.status.code == 503


def test_a_refusal_is_never_ok() -> None:
    found = denied(Refusal(404, "not-found", "No"), Decision().headers)
    assert found.status.code != 0
    assert found.denied_response.body.startswith('{"type":"urn:lading:problem:not-found"')
