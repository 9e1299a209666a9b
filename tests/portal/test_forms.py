"""Forms that only our own pages can send."""

from __future__ import annotations

import pytest
from starlette.requests import Request

from portal import forms


def request(**headers: str) -> Request:
    pairs = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {
        "type": "http", "method": "POST", "path": "/", "query_string": b"", "scheme": "http",
        "server": ("desk.example", 80), "headers": [(b"host", b"desk.example"), *pairs],
    }  # fmt: skip
    return Request(scope)


def test_the_token_is_bound_to_its_session() -> None:
    mine = forms.token("session-a")
    assert forms.is_ours(request(origin="http://desk.example"), "session-a", mine)
    assert not forms.is_ours(request(origin="http://desk.example"), "session-b", mine)
    assert not forms.is_ours(request(origin="http://desk.example"), "session-a", "")
    assert "session-a" not in mine


@pytest.mark.parametrize(
    ("headers", "ours"),
    [
        ({"sec_fetch_site": "same-origin"}, True),
        ({"sec_fetch_site": "cross-site", "origin": "http://desk.example"}, False),
        ({"sec_fetch_site": "same-site"}, False),
        ({"origin": "http://desk.example"}, True),
        ({"origin": "http://evil.example"}, False),
        ({"origin": "null"}, False),
        ({"referer": "http://desk.example/consumers"}, True),
        ({}, False),
    ],
)
def test_where_a_form_comes_from(headers: dict[str, str], ours: bool) -> None:
    assert forms.is_ours(request(**headers), None, "") is ours


def test_fields_are_read_without_the_spaces_around_them() -> None:
    form = forms.Form({"name": "  acme "})
    assert (form["name"], form["missing"]) == ("acme", "")
