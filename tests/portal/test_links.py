"""Addresses of pages."""

from __future__ import annotations

from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from starlette.datastructures import URL

from contracts.model import Origin
from portal import links


def test_parts_are_quoted_whole_and_empty_parameters_left_out() -> None:
    assert links.link("policies", "a/b c", q="x&y", after=None, state="") == "/policies/a%2Fb%20c?q=x%26y"
    assert (
        links.contract("erp/orders", "reference", fragment="GET-orders")
        == "/contracts/erp/orders/reference#GET-orders"
    )


def test_a_changed_filter_keeps_the_others_and_begins_again() -> None:
    url = URL("http://x/catalogue?kind=openapi&state=published&after=abc")
    assert links.changed(url, state="deprecated") == "/catalogue?kind=openapi&state=deprecated"
    assert links.changed(url, kind="") == "/catalogue?state=published"
    assert links.onward(url, "def") == "/catalogue?kind=openapi&state=published&after=def"


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "",
        None,
        "/a\r\nb",
        "x",
    ],
)
def test_after_signing_in_nobody_is_sent_elsewhere(target: str | None) -> None:
    assert links.inside(target) == "/"


def test_after_signing_in_people_come_where_they_wanted() -> None:
    assert links.inside("/violations?state=open") == "/violations?state=open"


def test_anchors_can_be_read() -> None:
    assert links.anchor("GET /orders/{orderId}") == "GET-orders-orderId"
    assert links.anchor("///") == "root"


def test_pointers_escape() -> None:
    assert links.pointer(Origin("a.yaml", ("paths", "/a", 0))) == "/paths/~1a/0"


@pytest.mark.parametrize(
    "target", ["/\t/evil.example", "/\t/[x", "///evil.example", "/\0", " //evil.example"]
)
def test_what_browsers_read_differently_is_no_way_out(target: str) -> None:
    assert links.inside(target) == "/"


@pytest.mark.parametrize("text", ['"><script>', "a?b#c", "../..", "ä/ö", "%2F", "x\r\ny", "a&b=c+d"])
def test_whatever_a_part_or_parameter_holds_it_stays_in_its_place(text: str) -> None:
    address = links.link("a", text, "b", fragment=text, q=text)
    parts = urlsplit(address)
    assert [unquote(part) for part in parts.path.split("/")] == ["", "a", text, "b"]
    assert parse_qs(parts.query) == {"q": [text]}
    assert unquote(parts.fragment) == text
    assert not set('"<> \r\n') & set(address)


def test_a_parameter_that_is_zero_is_kept() -> None:
    assert links.link("x", page=0) == "/x?page=0"


def test_hostile_queries_come_back_as_parameters_only() -> None:
    url = URL('http://x/catalogue?q="><script>&q=two&after=a&=%ff&x#"><b>')
    changed = links.changed(url, kind="openapi")
    assert changed.startswith("/catalogue?q=%22%3E%3Cscript%3E&q=two&")
    assert changed.endswith("&kind=openapi")
    assert not set('"<>') & set(changed)


def test_an_anchor_is_an_identifier_of_bounded_length() -> None:
    anchor = links.anchor('"><b> /' + "x" * 500)
    assert len(anchor) == 120
    assert anchor.replace("-", "").isalnum()
