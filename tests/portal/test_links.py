"""Addresses of pages."""

from __future__ import annotations

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
