import pytest

from gateway.pipeline import decide
from gateway.rules import Rules
from gateway.verdicts import Request
from tests.gateway.world import ORDERS, codes, orders


def contract(parameter: str, path: str = "/orders") -> str:
    return f"""
openapi: 3.0.3
info: {{title: t, version: 1.0.0}}
paths:
  {path}:
    get:
      parameters: [{parameter}]
      responses: {{default: {{description: d}}}}
"""


def judged(
    parameter: str, query: bytes = b"", headers: list[tuple[bytes, bytes]] | None = None, **rules: str
) -> object:
    snapshot = orders(text=contract(parameter), rules=Rules(**rules))  # type: ignore[arg-type]
    return codes(decide(snapshot, Request("GET", b"/orders", query, headers or [])))


def test_a_required_parameter_that_is_missing() -> None:
    parameter = "{name: a~/b, in: query, required: true, schema: {type: integer}}"
    assert judged(parameter) == [("query", "/a~0~1b", "required")]


def test_values_are_judged_by_their_schema() -> None:
    parameter = "{name: n, in: query, schema: {type: integer, maximum: 5}}"
    assert judged(parameter, b"n=5") == []
    assert judged(parameter, b"n=6") == [("query", "/n", "maximum")]
    assert judged(parameter, b"n=x") == [("query", "/n", "type")]
    assert judged(parameter, b"n=") == [("query", "/n", "type")]


def test_an_empty_value_may_be_allowed() -> None:
    assert judged("{name: n, in: query, allowEmptyValue: true, schema: {type: integer}}", b"n=") == []


def test_an_empty_value_may_stand_for_none() -> None:
    date = "{name: from, in: query, schema: {type: string, format: date}}"
    assert judged(date, b"from=") == [("query", "/from", "format")]
    assert judged(date, b"from=", empty="absent") == []
    assert judged(date, b"from=&from=", empty="absent") == [("query", "/from", "repeated")]
    assert judged(date, b"from=x", empty="absent") == [("query", "/from", "format")]
    states = "{name: state, in: query, schema: {type: array, items: {enum: [open]}}}"
    assert judged(states, b"state=", empty="absent") == []
    assert judged(states, b"state=&state=open", empty="absent") == [("query", "/state/0", "enum")]
    required = "{name: n, in: query, required: true, schema: {type: integer}}"
    assert judged(required, b"n=", empty="absent") == [("query", "/n", "type")]
    header = "{name: X-N, in: header, schema: {type: integer}}"
    assert judged(header, headers=[(b"x-n", b" ")], empty="absent") == []
    cookie = "{name: n, in: cookie, schema: {type: integer}}"
    assert judged(cookie, headers=[(b"cookie", b"n=")], empty="absent") == []


def test_booleans_may_be_words() -> None:
    flag = "{name: f, in: query, schema: {type: boolean}}"
    assert judged(flag, b"f=yes") == [("query", "/f", "type")]
    assert judged(flag, b"f=yes", booleans="words") == []


def test_cookies_and_headers() -> None:
    cookie = "{name: sid, in: cookie, required: true, schema: {type: integer}}"
    assert judged(cookie, headers=[(b"cookie", b"other=1; sid=5")]) == []
    assert judged(cookie, headers=[(b"cookie", b"other=1; SID=5")]) == [("cookie", "/sid", "required")]
    header = "{name: X-N, in: header, schema: {type: array, items: {type: integer}}}"
    assert judged(header, headers=[(b"x-n", b"1, 2"), (b"x-n", b"3")]) == []
    assert judged(header, headers=[(b"x-n", b"1,b")]) == [("header", "/X-N/1", "type")]


def test_headers_that_the_specification_ignores() -> None:
    assert judged("{name: Accept, in: header, required: true, schema: {type: integer}}") == []


def test_content_is_a_document_of_its_own() -> None:
    parameter = "{name: f, in: query, content: {application/json: {schema: {type: object, required: [a]}}}}"
    assert judged(parameter, b"f=%7B%22a%22:1%7D") == []
    assert judged(parameter, b"f=%7B%7D") == [("query", "/f", "required")]
    assert judged(parameter, b"f=%7B") == [("query", "/f", "syntax")]


def test_reserved_characters_where_the_rules_mind() -> None:
    parameter = "{name: q, in: query, schema: {type: string}}"
    assert judged(parameter, b"q=a/b") == []
    assert judged(parameter, b"q=a/b", reserved="refuse") == [("query", "/q", "reserved")]
    assert judged(parameter, b"q=a%2Fb", reserved="refuse") == []


@pytest.mark.parametrize(
    ("path", "expected"),
    [(b"/erp/v1/orders/AB1", []), (b"/erp/v1/orders/ab1", [("path", "/orderId", "pattern")])],
)
def test_paths(path: bytes, expected: list[tuple[str, str, str]]) -> None:
    assert codes(decide(orders(text=ORDERS), Request("GET", path))) == expected


def test_a_parameter_without_schema_is_counted_as_not_looked_at() -> None:
    snapshot = orders(text=contract("{name: q, in: query}"))
    assert decide(snapshot, Request("GET", b"/orders")).unvalidated == ("query parameter q has no schema",)


def test_a_style_that_does_not_exist_at_its_place_refuses() -> None:
    parameter = "{name: q, in: query, style: matrix, schema: {type: string}}"
    assert judged(parameter, b"q=1") == [("query", "/q", "style")]
    assert judged(parameter, b"other=1") == []
