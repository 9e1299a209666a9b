"""A real OpenID Connect issuer, in a thread of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import httpx
import pytest
from oidc_provider_mock import User, run_server_in_thread

ADA = User(sub="ada", claims={"email": "ada@example.org", "email_verified": True, "name": "Ada"})
EVE = User(sub="eve", claims={"email": "ada@example.org", "email_verified": False})


@pytest.fixture(scope="session")
def issuer() -> Iterator[str]:
    """The issuer's address; it insists on a nonce and knows `ada` and `eve`."""
    with run_server_in_thread(require_nonce=True, user_claims=[ADA, EVE]) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def agree(issuer: str) -> Callable[..., str]:
    """Plays the person at the issuer's page: where the browser is sent back to, path and query."""

    def agree(url: str, *, subject: str = "ada", action: str = "allow") -> str:
        response = httpx.post(url, data={"sub": subject, "action": action})
        assert response.status_code == 302, response.text
        parts = urlsplit(response.headers["location"])
        return f"{parts.path}?{parts.query}"

    return agree
