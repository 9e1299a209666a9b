"""Who is signed in."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from portal import people
from registry.services.identity import COOKIE

from .conftest import Site
from .seeds import ADMIN


def request(cookie: str) -> Request:
    return Request({"type": "http", "headers": [(b"cookie", cookie.encode())]})


def test_a_cookie_opens_its_session_and_nothing_else_does(site: Site) -> None:
    token = site.seeded.sessions[ADMIN]
    found = people.of(site.registry, request(f"{COOKIE}={token}"))
    assert found is not None
    assert (found.actor.name, found.token) == (ADMIN, token)
    assert token not in repr(found)
    assert people.of(site.registry, request(f"{COOKIE}=guessed")) is None
    assert people.of(site.registry, request("other=1")) is None


def test_signing_out_takes_the_cookie_away() -> None:
    header = people.forget(Response()).headers["set-cookie"]
    assert header.startswith(f'{COOKIE}=""; ')
    assert "Max-Age=0" in header
