"""Machine tokens: scoped, shown once, stored hashed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select

from registry.domain.access import IssuedToken, MachineToken, Scope
from registry.domain.errors import Forbidden, Invalid, NotFound
from registry.store.tables import TokenRow

from .secrets import identifier, make, same
from .texts import clean
from .unit import Context

PREFIX = "lt"
_SEEN_EVERY = timedelta(minutes=5)


def issue(
    context: Context, name: str, scopes: Sequence[str], *, expires_at: datetime | None = None
) -> IssuedToken:
    """A new token. Nobody can give what they do not hold: raises `Forbidden`."""
    context.actor.require(Scope.IDENTITY_WRITE)
    known = tuple(dict.fromkeys(_scope(scope) for scope in scopes))
    if not known:
        raise Invalid("no-scopes", "A token without scopes may do nothing.", f"Known are {', '.join(Scope)}.")
    if lacking := [scope for scope in known if not context.actor.may(scope)]:
        raise Forbidden("not-held", f"You do not hold {', '.join(lacking)} yourself.", "Leave it out.")
    if expires_at is not None and expires_at <= context.now:
        raise Invalid("expires-in-the-past", "The token would have expired already.", "Give a later day.")
    secret = make(PREFIX)
    row = TokenRow(
        id=secret.id,
        name=clean(name, 300),
        sha256=secret.sha256,
        scopes=[str(scope) for scope in known],
        created_at=context.now,
        created_by=context.actor.name,
        expires_at=expires_at,
    )
    context.session.add(row)
    context.session.flush()
    context.record("token.issued", row.name, token=row.id, scopes=row.scopes)
    return IssuedToken(_token(row), secret.text)


def authenticate(context: Context, text: str) -> MachineToken | None:
    """The token with this text; None where it is unknown, revoked or expired."""
    token_id = identifier(PREFIX, text)
    row = context.session.get(TokenRow, token_id) if token_id else None
    if row is None or not same(row.sha256, text) or row.revoked_at is not None:
        return None
    if row.expires_at is not None and row.expires_at <= context.now:
        return None
    return _token(row)


def needs_mark(token: MachineToken, now: datetime) -> bool:
    """Whether `mark_used` is due: every few minutes, so that reading stays reading."""
    return token.last_used_at is None or token.last_used_at < now - _SEEN_EVERY


def mark_used(context: Context, token_id: str) -> None:
    row = context.session.get(TokenRow, token_id)
    if row is not None:
        row.last_used_at = context.now


def browse(context: Context) -> tuple[MachineToken, ...]:
    context.actor.require(Scope.IDENTITY_WRITE)
    return tuple(
        _token(row)
        for row in context.session.scalars(select(TokenRow).order_by(TokenRow.created_at, TokenRow.id))
    )


def revoke(context: Context, token_id: str) -> MachineToken:
    """Ends a token at once; again, it is a no-op. Raises `NotFound`."""
    context.actor.require(Scope.IDENTITY_WRITE)
    row = context.session.get(TokenRow, token_id)
    if row is None:
        raise NotFound(
            "no-such-token",
            f"There is no token {token_id[:20]!r}.",
            "Tokens are named by the 8 characters after lt_.",
        )
    if row.revoked_at is None:
        row.revoked_at = context.now
        context.record("token.revoked", row.name, token=row.id)
        context.session.flush()
    return _token(row)


def _scope(text: str) -> Scope:
    try:
        return Scope(text)
    except ValueError:
        raise Invalid(
            "invalid-scope", f"{text[:40]!r} is no scope.", f"Known are {', '.join(Scope)}."
        ) from None


def _token(row: TokenRow) -> MachineToken:
    return MachineToken(
        row.id,
        row.name,
        tuple(Scope(scope) for scope in row.scopes),
        row.created_at,
        row.created_by,
        row.expires_at,
        row.last_used_at,
        row.revoked_at,
    )
