"""Findings at their lines."""

from __future__ import annotations

import re

import httpx


def test_each_stands_at_its_line_with_the_reason_of_its_rule(client: httpx.Client) -> None:
    page = client.get("/contracts/events/unruly/findings").text
    assert "unruly.yaml:" in page
    assert 'class="l at"' in page
    assert "Why this matters" in page
    assert re.search(r'href="/policies/[a-z-]+"', page)


def test_they_can_be_filtered(client: httpx.Client) -> None:
    path = "/contracts/events/unruly/findings"
    everything = client.get(path).text
    code = re.search(r"findings\?code=([a-z0-9-]+)", everything)
    assert code is not None
    only = client.get(path, params={"code": code[1]}).text
    assert set(re.findall(r'href="/policies/([a-z0-9-]+)"', only)) <= {code[1]}
    assert "No finding fits these filters" in client.get(path, params={"code": "nothing"}).text


def test_that_something_is_waived_is_said_where_it_is_not_listed(client: httpx.Client) -> None:
    page = client.get("/contracts/events/unruly/findings").text
    assert "1 waiver counts" in page
    assert "/waivers?contract=events%2Funruly&amp;state=granted" in page
    assert "waiver" not in client.get("/contracts/erp/orders/findings").text.partition("<main")[2]
