import gzip

import pytest

from gateway.pipeline import judge_response
from gateway.rules import Rules
from gateway.snapshot.operation import Modes
from gateway.verdicts import DEFAULT_BOUNDS, Response, Verdict
from tests.gateway.world import GOOD, ORDERS, operation, orders

JSON = [(b"content-type", b"application/json")]


def judged(
    status: int, body: bytes = b"", headers=None, *, mode: str = "enforce", method: str = "GET", **rules
) -> Verdict:  # type: ignore[no-untyped-def]
    snapshot = orders(modes=Modes("enforce", mode), rules=Rules(**rules))  # type: ignore[arg-type]
    held = operation(snapshot, "GET", "/erp/v1/orders/AB1")
    return judge_response(
        held, method, Response(status, JSON if headers is None else headers, body), DEFAULT_BOUNDS
    )


def test_a_good_response_passes() -> None:
    assert judged(200, GOOD) == Verdict()
    assert judged(200, gzip.compress(GOOD), [*JSON, (b"content-encoding", b"gzip")]) == Verdict()


@pytest.mark.parametrize(
    ("status", "body", "headers", "place", "pointer", "code"),
    [
        (200, b'{"sku":"a","quantity":"x"}', JSON, "body", "/quantity", "type"),
        (200, b"", JSON, "body", "", "syntax"),
        (200, b"", [], "body", "", "required"),
        (200, GOOD, [], "body", "", "media-type"),
        (200, GOOD, [(b"content-type", b"text/html")], "body", "", "media-type"),
        (200, GOOD, [*JSON, (b"content-encoding", b"compress")], "body", "", "content-coding"),
        (201, GOOD, JSON, "status", "", "undeclared-status"),
    ],
)
def test_what_is_wrong_withholds_the_response(
    status: int, body: bytes, headers, place: str, pointer: str, code: str
) -> None:  # type: ignore[no-untyped-def]
    verdict = judged(status, body, headers)
    assert verdict.refusal is not None
    assert verdict.refusal.status == 502
    fault = verdict.faults[0]
    assert (fault.place, fault.pointer, fault.code) == (place, pointer, code)


def test_monitoring_only_tells_and_off_does_not_look() -> None:
    monitored = judged(200, b"{}", mode="monitor")
    assert monitored.refusal is None
    assert monitored.faults
    assert judged(200, b"{}", mode="off").unvalidated == ("response validation is off",)


def test_where_there_is_no_body() -> None:
    assert judged(200, b"", [], method="HEAD").faults == ()
    assert judged(404, b"gone", []).unvalidated == ("the body of 404 is not described",)


def test_undeclared_things_by_rule() -> None:
    assert judged(500, undeclared_status="allow").unvalidated == ("status 500 is not declared",)
    allowed = judged(200, GOOD, [(b"content-type", b"text/html")], undeclared_response_type="allow")
    assert allowed.faults == ()
    assert allowed.unvalidated


def test_undeclared_header_fields_by_policy() -> None:
    headers = [*JSON, (b"x-debug", b"1"), (b"etag", b'"1"')]
    refused = judged(200, GOOD, headers, unknown_headers="refuse")
    assert refused.refusal is not None
    assert [(fault.place, fault.pointer) for fault in refused.faults] == [("header", "/x-debug")]
    told = judged(200, GOOD, headers, unknown_headers="tell")
    assert told.refusal is None
    assert len(told.faults) == 1


def test_undeclared_bodies_by_rule() -> None:
    refused = judged(404, b"gone", [], undeclared_body="refuse")
    assert [fault.code for fault in refused.faults] == ["undeclared-body"]


def test_a_response_that_cannot_be_judged_may_be_refused() -> None:
    text = ORDERS.replace(
        'content: {application/json: {schema: {$ref: "#/components/schemas/Order"}}}',
        "content: {application/json: {}}",
    )
    response = Response(200, list(JSON), b"{}")
    found = []
    for rules in (Rules(), Rules(unvalidated="refuse")):
        snapshot = orders(text=text, rules=rules)
        verdict = judge_response(
            operation(snapshot, "GET", "/erp/v1/orders/AB1"), "GET", response, snapshot.bounds
        )
        assert verdict.unvalidated
        found.append(verdict.refusal.status if verdict.refusal is not None else None)
    assert found == [None, 502]
