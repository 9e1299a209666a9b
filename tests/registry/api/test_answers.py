from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from starlette.requests import Request

from registry.api.answers import encode, location, page, unchanged
from registry.domain.pages import Page


def request(headers: dict[str, str] | None = None, query: str = "limit=2") -> Request:
    raw = [(key.encode(), value.encode()) for key, value in (headers or {}).items()]
    scope: dict[str, Any] = {
        "type": "http", "method": "GET", "path": "/v1/x", "query_string": query.encode(), "headers": raw,
        "server": ("host", 80), "scheme": "http",
    }  # fmt: skip
    return Request(scope)


def test_times_are_utc_with_z_and_large_numbers_stay_whole() -> None:
    there = datetime(2026, 1, 1, 2, tzinfo=timezone(timedelta(hours=2)))
    assert encode({"at": there.astimezone(UTC)}) == b'{"at":"2026-01-01T00:00:00Z"}'
    assert (
        encode({"n": 2**80, "at": there.astimezone(UTC)})
        == b'{"n": %d, "at": "2026-01-01T00:00:00Z"}' % 2**80
    )
    with pytest.raises(TypeError):
        encode(object())


def test_a_page_links_to_the_next() -> None:
    response = page(request(), Page((1, 2), "abc"), str)
    assert response.body == b'{"items":["1","2"],"after":"abc"}'
    assert response.headers["link"] == '<http://host/v1/x?limit=2&after=abc>; rel="next"'
    assert "link" not in page(request(), Page((1,)), str).headers


@pytest.mark.parametrize(
    ("given", "has"),
    [
        ('"t"', True),
        ('W/"t"', True),
        ('"a", "t"', True),
        ("*", True),
        ("t", False),
        ('"a"', False),
        ("", False),
    ],
)
def test_entity_tags(given: str, has: bool) -> None:
    assert unchanged(request({"if-none-match": given}), "t") is has


def test_locations_are_quoted() -> None:
    assert location("contracts", "a b", "x/y") == "/v1/contracts/a%20b/x%2Fy"
