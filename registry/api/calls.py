"""One call of the API: who asks, and what they gave, checked against our contract before a handler sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

import jiter
from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Receive, Scope, Send

from contracts.pointers import to_pointer
from registry.domain.access import NOBODY, Actor
from registry.domain.errors import Invalid, Malformed, Unauthenticated, Unsupported
from registry.services import Registry, identity, tokens

from .contract import Rules, query, rules

BEARER = "bearer "
_TRUSTED = "lading.actor"


@dataclass(frozen=True, slots=True)
class Call:
    """`path` and `query` hold checked values, `body` the checked JSON, or None where it is of another type."""

    request: Request
    registry: Registry
    actor: Actor
    path: dict[str, Any]
    query: dict[str, Any]
    body: Any

    @property
    def contract(self) -> str:
        return f"{self.path['domain']}/{self.path['name']}"


async def call(request: Request) -> Call:
    """Raises `Unauthenticated`, `Forbidden` and `Malformed`, in this order."""
    registry: Registry = request.app.state.registry
    actor = await run_in_threadpool(authenticated, registry, request)
    allowed = _rules(request)
    if allowed.signed_in and actor is NOBODY:
        raise Unauthenticated(
            "sign-in-needed", "This needs a token or a session.", "Send Authorization: Bearer lt_…."
        )
    if allowed.scope is not None and not actor.may_anywhere(allowed.scope):
        actor.require(allowed.scope)
    path = allowed.read("path", {name: str(value) for name, value in request.path_params.items()})
    given = allowed.read("query", query(request.url.query))
    return Call(request, registry, actor, path, given, await _body(request, allowed))


Asked = Annotated[Call, Depends(call)]


def trusted(app: ASGIApp, actor: Actor) -> ASGIApp:
    """The application for a caller in this process whose identity is known; nothing from outside can say this."""

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        await app({**scope, _TRUSTED: actor} if scope["type"] == "http" else scope, receive, send)

    return wrapped


def authenticated(registry: Registry, request: Request) -> Actor:
    """Who asks, by bearer token or by session cookie; a token that does not hold is an error, not nobody."""
    known: Actor | None = request.scope.get(_TRUSTED)
    if known is not None:
        return known
    header = request.headers.get("authorization")
    if header is not None:
        text = header[len(BEARER) :].strip() if header.lower().startswith(BEARER) else ""
        with registry.unit.read(NOBODY) as context:
            token = tokens.authenticate(context, text)
            due = token is not None and tokens.needs_mark(token, context.now)
        if token is None:
            raise Unauthenticated(
                "invalid-token", "The token is unknown, revoked or expired.", "Ask for a new one."
            )
        if due:
            with registry.unit(token.actor()) as context:
                tokens.mark_used(context, token.id)
        return token.actor()
    cookie = request.cookies.get(identity.COOKIE)
    if cookie:
        with registry.unit.read(NOBODY) as context:
            session = identity.session(context, cookie)
        if session is not None:
            return session.person.actor()
    return NOBODY


def moment(text: str | None) -> datetime | None:
    """A time that the contract's `date-time` let through, with its zone."""
    if text is None:
        return None
    try:
        return datetime.fromisoformat(text.upper().replace("Z", "+00:00"))
    except ValueError:
        raise Invalid(
            "invalid-time", f"{text[:40]!r} is a time that no calendar has.", "Write RFC 3339."
        ) from None


def _rules(request: Request) -> Rules:
    template: str = request.scope["route"].path_format
    return rules()[f"{request.method} {template}"]


async def _body(request: Request, allowed: Rules) -> Any:
    given = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if not allowed.body:
        return None
    if given in allowed.body and given != "application/json":
        return None
    content = await request.body()
    if not content and not given:
        if allowed.body_required:
            raise Malformed("missing-body", "The request has no body.", "Send JSON.")
        return {}
    if given != "application/json":
        raise Unsupported(
            "unsupported-media-type",
            f"The body is {given[:80] or 'untyped'}.",
            f"Send {' or '.join(allowed.body)}.",
        )
    try:
        value = jiter.from_json(content, allow_inf_nan=False, catch_duplicate_keys=True)
    except ValueError as error:
        raise Malformed("not-json", f"The body is no JSON: {error}.", "Mend it and send it again.") from None
    for wrong in allowed.body["application/json"].iter_errors(value):
        pointer = to_pointer(wrong.instance_path)
        raise Malformed(
            "invalid-body",
            f"The body is wrong at {pointer or 'its root'}: {wrong.message[:300]}.",
            "The contract of this API at /v1/openapi says what it may be.",
            details={"pointer": pointer},
        )
    return value
