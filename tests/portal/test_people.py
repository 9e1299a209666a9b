"""Who is signed in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from starlette.requests import Request
from starlette.responses import Response

from portal import people
from registry.domain.access import SYSTEM, Grant, Role
from registry.services import identity
from registry.services.identity import COOKIE, SignIn
from registry.services.registry import Registry, Settings

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


@pytest.mark.parametrize("url", ["http://127.0.0.1:8400", "https://desk.example"])
def test_the_cookie_is_kept_from_scripts_and_other_sites(url: str, tmp_path: Path) -> None:
    registry = SimpleNamespace(
        settings=Settings(tmp_path, "sqlite://", url=url, session_lifetime=timedelta(hours=2))
    )
    signed_in = SimpleNamespace(token="secret-token")
    header = people.remember(Response(), cast("Registry", registry), cast("SignIn", signed_in)).headers[
        "set-cookie"
    ]
    parts = header.lower().split("; ")
    assert header.startswith(f"{COOKIE}=secret-token; ")
    assert {"httponly", "samesite=lax", "path=/", "max-age=7200"} <= set(parts)
    assert ("secure" in parts) is url.startswith("https")


def test_a_session_that_has_ended_opens_nothing(tmp_path: Path) -> None:
    now = [datetime(2026, 11, 23, tzinfo=UTC)]
    registry = Registry.open(Settings(tmp_path, f"sqlite:///{tmp_path / 'x.db'}"), clock=lambda: now[0])
    with registry.unit(SYSTEM) as context:
        person = identity.put_person(context, "kim@example.org", name="Kim", grants=[Grant(Role.VIEWER)])
        token = identity.start_session(context, person, lifetime=timedelta(hours=1)).token
    now[0] += timedelta(minutes=59)
    assert people.of(registry, request(f"{COOKIE}={token}")) is not None
    now[0] += timedelta(minutes=1)
    assert people.of(registry, request(f"{COOKIE}={token}")) is None
    registry.close()


@pytest.mark.parametrize("text", ["", "x" * 9000, "%00", '"quoted\\000"', "ÿ"])
def test_rubbish_in_the_cookie_is_nobody(text: str, site: Site) -> None:
    assert (
        people.of(
            site.registry,
            Request({"type": "http", "headers": [(b"cookie", f"{COOKIE}={text}".encode("latin-1"))]}),
        )
        is None
    )
