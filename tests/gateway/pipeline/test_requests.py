import gzip

import pytest

from gateway.pipeline import decide
from gateway.pipeline.requests import cookies_of
from gateway.rules import Rules
from gateway.snapshot.operation import Modes
from gateway.verdicts import Bounds, Decision, Request, fields_of
from tests.gateway.world import GOOD, HEADERS, ORDERS, codes, orders


def post(body: bytes = GOOD, headers=HEADERS, snapshot=None) -> Decision:  # type: ignore[no-untyped-def]
    return decide(snapshot or orders(), Request("POST", b"/erp/v1/orders", b"", list(headers), body))


def test_a_good_request_passes() -> None:
    decision = post()
    assert (decision.refusal, decision.faults, decision.unvalidated) == (None, (), ())


@pytest.mark.parametrize(
    ("body", "headers", "status", "found"),
    [
        (b"", HEADERS, 400, [("body", "", "missing-body")]),
        (GOOD, HEADERS[:1], 400, [("header", "/Idempotency-Key", "required")]),
        (b'{"sku":"a","quantity":0}', HEADERS, 422, [("body", "/quantity", "minimum")]),
        (b'{"sku":"a","quantity":1,"quantity":2}', HEADERS, 400, [("body", "", "duplicate-key")]),
        (GOOD, HEADERS[1:], 415, [("body", "", "media-type")]),
        (GOOD, [(b"content-type", b"text/plain"), *HEADERS[1:]], 415, [("body", "", "media-type")]),
        (GOOD, [*HEADERS, (b"content-type", b"application/json")], 400, [("body", "", "content-type")]),
        (GOOD, [*HEADERS, (b"content-encoding", b"compress")], 415, [("body", "", "content-coding")]),
        (GOOD, [*HEADERS, (b"content-encoding", b"gzip")], 400, [("body", "", "content-coding")]),
        (b'{"sku":"a","quantity":1,"id":"7"}', HEADERS, 422, [("body", "/id", "falseSchema")]),
    ],
)
def test_what_is_wrong_is_told_with_its_status(
    body: bytes, headers, status: int, found: list[tuple[str, str, str]]
) -> None:  # type: ignore[no-untyped-def]
    decision = post(body, headers)
    assert decision.refusal is not None
    assert codes(decision) == found
    assert decision.refusal.status == status


def test_415_tells_what_is_accepted() -> None:
    refusal = post(headers=HEADERS[1:]).refusal
    assert refusal is not None
    assert (b"accept", b"application/json") in refusal.headers


def test_a_bomb_is_too_large() -> None:
    bomb = gzip.compress(b"[" + b"1," * 5000 + b"1]")
    decision = post(
        bomb, [*HEADERS, (b"content-encoding", b"gzip")], orders(bounds=Bounds(request_body=1000))
    )
    assert decision.refusal is not None
    assert decision.refusal.status == 413


def test_monitoring_tells_and_lets_pass() -> None:
    decision = post(b"{}", snapshot=orders(modes=Modes("monitor", "off")))
    assert decision.allowed
    assert codes(decision) == [("body", "", "required"), ("body", "", "required")]


def test_off_does_not_look_and_says_so() -> None:
    decision = post(b"{}", snapshot=orders(modes=Modes("off", "off")))
    assert decision.allowed
    assert decision.unvalidated == ("request validation is off",)


@pytest.mark.parametrize(
    ("policy", "found"), [("allow", []), ("refuse", [("query", "/other", "unknown-parameter")])]
)
def test_unknown_query_parameters_by_policy(policy: str, found: list[tuple[str, str, str]]) -> None:
    snapshot = orders(rules=Rules(unknown_query=policy))  # type: ignore[arg-type]
    assert codes(decide(snapshot, Request("GET", b"/erp/v1/orders", b"limit=5&other=1"))) == found


def test_a_body_that_nobody_declared_is_not_silently_let_through() -> None:
    decision = decide(orders(), Request("GET", b"/erp/v1/orders", body=b"x"))
    assert decision.unvalidated == ("the operation declares no body",)


def test_a_refusal_holds_no_value_of_the_payload() -> None:
    refusal = post(b'{"sku":"","quantity":"TOP-SECRET","x":"TOP-SECRET"}').refusal
    assert "TOP-SECRET" not in repr(refusal)


def test_no_more_faults_than_the_bound() -> None:
    assert len(post(b'{"a":1,"b":2}', snapshot=orders(bounds=Bounds(faults=1))).faults) == 1


def test_fields_and_cookies() -> None:
    assert fields_of([(b"a", b"1"), (b"b", b"2"), (b"a", b"3")]) == {b"a": b"1, 3", b"b": b"2"}
    request = Request("GET", b"/", headers=[(b"cookie", b'a=1; b="2"; a=3; broken')])
    assert cookies_of(request) == {"a": ["1", "3"], "b": ["2"]}


def test_what_is_only_told_lets_the_request_pass() -> None:
    snapshot = orders(rules=Rules(unknown_query="tell", unknown_headers="tell"))
    decision = decide(snapshot, Request("GET", b"/erp/v1/orders", b"other=1", [(b"x-odd", b"1")]))
    assert decision.refusal is None
    assert codes(decision) == [
        ("query", "/other", "unknown-parameter"),
        ("header", "/x-odd", "unknown-parameter"),
    ]


def test_what_refuses_is_told_before_what_does_not() -> None:
    snapshot = orders(rules=Rules(unknown_query="tell"))
    decision = decide(snapshot, Request("GET", b"/erp/v1/orders", b"other=1&limit=x"))
    assert decision.refusal is not None
    assert [fault.pointer for fault in decision.faults] == ["/limit", "/other"]


LOOSE = """
openapi: 3.0.3
info: {title: t, version: 1.0.0}
paths:
  /it:
    post:
      requestBody: {content: {application/json: {schema: {properties: {a: {}, m: {properties: {x: {}}}}}}}}
      responses: {default: {description: d}}
"""


@pytest.mark.parametrize(
    ("rules", "found"),
    [
        (Rules(), []),
        (Rules(unknown_properties="refuse"), ["/b", "/m/y"]),
        (Rules(unknown_properties="refuse", unknown_exempt=("body/m",)), ["/b"]),
    ],
)
def test_undeclared_properties_by_policy(rules: Rules, found: list[str]) -> None:
    request = Request("POST", b"/it", b"", HEADERS[:1], b'{"a":1,"b":1,"m":{"y":1}}')
    decision = decide(orders(text=LOOSE, rules=rules), request)
    assert [fault.pointer for fault in decision.faults] == found
    assert (decision.refusal is None) is not found


def test_a_body_that_nobody_declared_is_refused_where_the_rules_say_so() -> None:
    snapshot = orders(rules=Rules(undeclared_body="refuse"))
    decision = decide(snapshot, Request("GET", b"/erp/v1/orders", body=b"x"))
    assert codes(decision) == [("body", "", "undeclared-body")]


@pytest.mark.parametrize(
    ("policy", "accept", "status"),
    [("refuse", b"image/png", 406), ("refuse", b"application/*", None), ("allow", b"image/png", None)],
)
def test_what_the_caller_does_not_accept_is_not_asked_for(
    policy: str, accept: bytes, status: int | None
) -> None:
    snapshot = orders(rules=Rules(unacceptable=policy))  # type: ignore[arg-type]
    refusal = decide(snapshot, Request("GET", b"/erp/v1/orders", b"", [(b"accept", accept)])).refusal
    assert (refusal and refusal.status) == status


def test_what_cannot_be_judged_may_be_refused() -> None:
    text = ORDERS.replace(
        "- {name: limit, in: query, schema: {type: integer, minimum: 1, maximum: 100}}",
        "- {$ref: '#/nowhere'}",
    )
    request = Request("GET", b"/erp/v1/orders")
    passed = decide(orders(text=text), request)
    assert passed.refusal is None
    assert passed.unvalidated
    refused = decide(orders(text=text, rules=Rules(unvalidated="refuse")), request)
    assert refused.refusal is not None
    assert refused.refusal.status == 400
    assert codes(refused) == [("body", "", "unvalidated")]
