"""What a page is handed."""

from __future__ import annotations

import httpx
import pytest

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
