"""Signing in at an OpenID Connect issuer. One-time links and signing out are pages of the portal, as people confirm them."""

from __future__ import annotations

from datetime import timedelta

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from registry.domain.access import SYSTEM
from registry.domain.errors import NotFound, Unauthenticated
from registry.services import Registry, identity

from .oidc import Issuer

router = APIRouter()
PENDING = "lading_sign_in"
CALLBACK = "/sign-in/callback"


@router.get("/sign-in/oidc")
def by_issuer(request: Request, next: str = "/") -> Response:
    """Leads to the issuer."""
    registry: Registry = request.app.state.registry
    try:
        departure = _issuer(request).depart(local(next))
    except Unauthenticated as error:
        return _back(error)
    response = RedirectResponse(departure.url, 303)
    response.set_cookie(
        PENDING,
        departure.pending,
        max_age=600,
        path=CALLBACK,
        httponly=True,
        samesite="lax",
        secure=_tls(registry),
    )
    return response


@router.get(CALLBACK)
def from_issuer(request: Request) -> Response:
    """Where the issuer sends the browser back to."""
    registry: Registry = request.app.state.registry
    try:
        arrival = _issuer(request).arrive(request.cookies.get(PENDING, ""), str(request.url))
        with registry.unit(SYSTEM) as context:
            made = identity.sign_in_from_issuer(
                context,
                issuer=arrival.issuer,
                subject=arrival.subject,
                email=arrival.email,
                email_verified=arrival.email_verified,
                name=arrival.name,
                lifetime=registry.settings.session_lifetime,
            )
    except Unauthenticated as error:
        return _back(error)
    response = _signed_in(registry, made, arrival.next)
    response.delete_cookie(PENDING, path=CALLBACK)
    return response


def local(path: str) -> str:
    """A path of our own, so that nobody can send people elsewhere through us; `/` for anything else."""
    harmless = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if harmless and len(path) <= 2000 else "/"


def _issuer(request: Request) -> Issuer:
    registry: Registry = request.app.state.registry
    if registry.settings.oidc is None:
        raise NotFound(
            "no-issuer",
            "Signing in at an OpenID Connect issuer is not configured here.",
            "Use a sign-in link.",
        )
    known: Issuer | None = getattr(request.app.state, "issuer", None)
    if known is None:
        known = Issuer(registry.settings.oidc, registry.signer, registry.settings.url + CALLBACK)
        request.app.state.issuer = known
    return known


def _signed_in(registry: Registry, made: identity.SignIn, path: str) -> Response:
    response = RedirectResponse(path, 303)
    lasts: timedelta = registry.settings.session_lifetime
    response.set_cookie(
        identity.COOKIE,
        made.token,
        max_age=int(lasts.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=_tls(registry),
    )
    return response


def _back(error: Unauthenticated) -> Response:
    return RedirectResponse(f"/sign-in?problem={error.code}", 303)


def _tls(registry: Registry) -> bool:
    return registry.settings.url.startswith("https://")
