"""What a page is handed."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import cast

import httpx
import pytest
from starlette.requests import Request

from portal import forms
from portal.page import Module, Page
from portal.reading.library import Library
from portal.view import View
from registry.domain.access import NOBODY, Actor, Scope
from registry.services.registry import Registry
from registry.services.unit import Context

from .conftest import Site


def test_the_rail_lights_where_the_reader_is(client: httpx.Client) -> None:
    assert '<a href="/calendar" aria-current="page">' in client.get("/calendar").text
    assert '<a href="/catalogue" aria-current="true">' in client.get("/contracts/erp/orders").text


def test_a_stranger_has_no_rail_and_no_search(stranger: httpx.Client) -> None:
    page = stranger.get("/sign-in").text
    assert 'href="/catalogue"' not in page
    assert 'role="search"' not in page


@pytest.mark.parametrize(
    ("cookie", "shown"), [("dark", ' data-theme="dark"'), ("light", ' data-theme="light"'), ('"><x', "")]
)
def test_the_theme_is_in_the_first_byte(site: Site, cookie: str, shown: str) -> None:
    with httpx.Client(base_url=site.url) as client:
        page = client.get("/sign-in", headers={"Cookie": f"lading_theme={cookie}"}).text
    assert f'<html lang="en"{shown}>' in page


def looking(query: bytes = b"", *, actor: Actor = NOBODY, session: str | None = None, **path: str) -> View:
    """A view of a request that no page and no database is behind."""
    scope = {
        "type": "http", "method": "GET", "scheme": "http", "server": ("desk.example", 80), "path": "/catalogue",
        "query_string": query, "headers": [(b"host", b"desk.example")], "path_params": path,
    }  # fmt: skip
    context = SimpleNamespace(actor=actor, now=datetime(2026, 11, 23, tzinfo=UTC))
    module = Module("catalogue", Page("/catalogue", "Catalogue", under="Catalogue"), None, None)
    return View(
        Request(scope),
        cast("Registry", None),
        Library(),
        module,
        cast("Context", context),
        session,
        title="Orders",
    )


@pytest.mark.parametrize(
    ("query", "value"),
    [
        (b"q=%20a%20", "a"),
        (b"", ""),
        (b"q", ""),
        (b"q=a%00b", "a\ufffdb"),
        (b"q=%ff", "\ufffd"),
        (b"q=" + b"x" * 9000, "x" * 4000),
        (b"p=1&q=2&q=3", "3"),
        (b"q=%22%3E%3Cscript%3E", '"><script>'),
        (b"&&=&q=a%3Db&", "a=b"),
    ],
)
def test_a_parameter_is_text_that_a_database_takes_and_bounded(query: bytes, value: str) -> None:
    assert looking(query).query("q") == value


def test_a_part_of_the_path_holds_no_nul() -> None:
    assert looking(name="a\0b").part("name") == "a\ufffdb"


def test_somebody_signed_in_has_a_token_in_every_form_that_is_not_their_cookie() -> None:
    field = looking(session="the-cookie").csrf
    assert field == f'<input type="hidden" name="csrf" value="{forms.token("the-cookie")}">'
    assert "the-cookie" not in field
    assert looking().csrf == '<input type="hidden" name="csrf" value="">'


def test_the_way_here_ends_with_the_page_itself() -> None:
    assert looking().crumbs == [("Catalogue", "/catalogue"), ("Orders", "")]


def test_this_page_with_other_parameters_is_escaped() -> None:
    view = looking(b'q="><script>&after=x')
    assert view.changed(state="a b") == "/catalogue?q=%22%3E%3Cscript%3E&state=a+b"
    assert view.changed_to("q", "") == "/catalogue"
    assert view.onward("y") == "/catalogue?q=%22%3E%3Cscript%3E&after=y"


def test_who_may_not_is_not_offered_it() -> None:
    owner = Actor("person", "kim", "Kim", {"erp": frozenset({Scope.CONTRACTS_WRITE})})
    view = looking(actor=owner)
    assert view.person is owner
    assert view.may("contracts:write", "erp")
    assert not view.may(Scope.CONTRACTS_WRITE, "wms")
    assert not view.may(Scope.CONTRACTS_WRITE)
    assert "Audit" not in [entry.word for entry, _ in view.rail]
    assert looking().rail == ()
    assert looking().person is None


@pytest.mark.parametrize(
    "address", ["/catalogue", "/audit", "/violations", "/gate-runs", "/consumers", "/calendar", "/policies"]
)
def test_hostile_queries_get_a_page(address: str, client: httpx.Client) -> None:
    hostile = '"><script>alert(1)</script>\0'
    names = (
        "q",
        "after",
        "state",
        "kind",
        "owner",
        "subject",
        "contract",
        "outcome",
        "area",
        "severity",
        "words",
        "verify",
    )
    for name in names:
        answer = client.get(address, params={name: hostile})
        assert answer.status_code in (200, 404, 422), name
        assert "<script>alert" not in answer.text, name
