"""Who is signed in: the session that a request's cookie opens."""

from __future__ import annotations

from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.responses import Response

from registry.domain.access import NOBODY, Actor
from registry.services import identity
from registry.services.identity import COOKIE, SignIn
from registry.services.registry import Registry


@dataclass(frozen=True, slots=True)
class SignedIn:
    """`token` is the text of the cookie; forms are bound to it."""

    actor: Actor
    token: str = field(repr=False)


def of(registry: Registry, request: Request) -> SignedIn | None:
    """Who asks; None for nobody, and for a session that has ended."""
    token = request.cookies.get(COOKIE)
    if not token:
        return None
    with registry.unit.read(NOBODY) as context:
        session = identity.session(context, token)
    return SignedIn(session.person.actor(), token) if session else None


def remember(response: Response, registry: Registry, signed_in: SignIn) -> Response:
    """Gives the browser the cookie of a new session."""
    response.set_cookie(
        COOKIE,
        signed_in.token,
        max_age=int(registry.settings.session_lifetime.total_seconds()),
        httponly=True,
        secure=registry.settings.url.startswith("https:"),
        samesite="lax",
        path="/",
    )
    return response


def forget(response: Response) -> Response:
    """Takes the cookie away."""
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="lax")
    return response
