"""People: their roles, one-time sign-in links, sessions, and who they are at an OpenID Connect issuer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update

from registry.domain.access import EVERYWHERE, PERMISSIONS, Grant, Person, Role, Scope, Session
from registry.domain.errors import Forbidden, Invalid, NotFound, Unauthenticated
from registry.store.tables import GrantRow, IdentityRow, LinkRow, PersonRow, SessionRow

from . import teams
from .secrets import random_text, sha256
from .texts import clean
from .unit import Context

COOKIE = "lading_session"
"""The cookie that carries a session's token."""


@dataclass(frozen=True, slots=True)
class Link:
    """A one-time sign-in link; only its hash is kept. `path` leads to the registry's own address."""

    person: Person
    expires_at: datetime
    token: str = field(repr=False)

    @property
    def path(self) -> str:
        return f"/sign-in/link?token={self.token}"


@dataclass(frozen=True, slots=True)
class SignIn:
    """A new session and the token for its cookie, which exists only here."""

    session: Session
    token: str = field(repr=False)


def put_person(
    context: Context, email: str, *, name: str = "", grants: Sequence[Grant] | None = None
) -> Person:
    """A person by their mail address, made where there is none; with `grants`, they replace those held.

    Raises `Forbidden` for grants, given or taken away, that hold more than the actor does.
    """
    context.actor.require(Scope.IDENTITY_WRITE)
    email = _email(email)
    row = _by_email(context, email)
    if grants is not None:
        _require_held(context, (*grants, *(_person(context, row).grants if row else ())))
    if row is None:
        row = PersonRow(email=email, name=clean(name or email.partition("@")[0], 300), created_at=context.now)
        context.session.add(row)
        context.session.flush()
        context.record("person.created", email)
    elif name and row.name != name:
        row.name = clean(name, 300)
    if grants is not None:
        _grant(context, row, grants)
    context.session.flush()
    return _person(context, row)


def people(context: Context) -> tuple[Person, ...]:
    context.actor.require(Scope.IDENTITY_WRITE)
    return tuple(
        _person(context, row) for row in context.session.scalars(select(PersonRow).order_by(PersonRow.email))
    )


def person(context: Context, email: str) -> Person:
    """Raises `NotFound`."""
    row = _by_email(context, _email(email))
    if row is None:
        raise NotFound("no-such-person", f"Nobody is known as {email[:100]}.", "")
    return _person(context, row)


def issue_link(
    context: Context,
    email: str,
    *,
    role: str | None = None,
    name: str = "",
    lifetime: timedelta = timedelta(minutes=30),
) -> Link:
    """A link that signs a person in once. With a role, they are given it everywhere, if they lack it.

    Whoever holds the link is that person: raises `Forbidden` where they hold more than the actor does.
    """
    held = put_person(context, email, name=name)
    _require_held(context, held.grants)
    if role is not None:
        wanted = Grant(_role(role))
        if wanted not in held.grants:
            held = put_person(context, email, grants=(*held.grants, wanted))
    token = random_text()
    context.session.add(
        LinkRow(
            sha256=sha256(token), person_id=held.id, created_at=context.now, expires_at=context.now + lifetime
        )
    )
    context.session.flush()
    context.record("link.issued", held.email)
    return Link(held, context.now + lifetime, token)


def redeem_link(context: Context, token: str, *, lifetime: timedelta) -> SignIn:
    """Signs in by a link. Raises `Unauthenticated` for a link that is unknown, used or expired."""
    used = context.session.execute(
        update(LinkRow)
        .where(LinkRow.sha256 == sha256(token), LinkRow.used_at.is_(None), LinkRow.expires_at > context.now)
        .values(used_at=context.now)
        .returning(LinkRow.person_id)
    ).scalar()
    if used is None:
        raise Unauthenticated(
            "link-spent", "This sign-in link was used already, or has expired.", "Ask for a new one."
        )
    row = context.session.get(PersonRow, used)
    if row is None or row.disabled_at is not None:
        raise Unauthenticated("person-disabled", "This account is closed.", "Ask an admin.")
    return start_session(context, _person(context, row), lifetime=lifetime)


def sign_in_from_issuer(
    context: Context,
    *,
    issuer: str,
    subject: str,
    email: str | None,
    email_verified: bool,
    name: str,
    lifetime: timedelta,
) -> SignIn:
    """Signs in somebody whom an OpenID Connect issuer vouches for.

    Known by issuer and subject; at the first time by a verified mail address, and otherwise made, as a viewer.
    """
    known = context.session.get(IdentityRow, (issuer[:500], subject[:255]))
    row = context.session.get(PersonRow, known.person_id) if known else None
    if row is None:
        if not email or not email_verified:
            raise Unauthenticated(
                "no-verified-email",
                "The sign-in service did not vouch for a mail address.",
                "Have your address verified there, or ask an admin for a sign-in link.",
            )
        email = _email(email)
        row = _by_email(context, email)
        if row is None:
            row = PersonRow(email=email, name=clean(name or email, 300), created_at=context.now)
            context.session.add(row)
            context.session.flush()
            context.session.add(GrantRow(person_id=row.id, role=str(Role.VIEWER), domain=EVERYWHERE))
            context.record("person.created", email, issuer=issuer)
        context.session.add(IdentityRow(issuer=issuer[:500], subject=subject[:255], person_id=row.id))
        context.session.flush()
    if row.disabled_at is not None:
        raise Unauthenticated("person-disabled", "This account is closed.", "Ask an admin.")
    return start_session(context, _person(context, row), lifetime=lifetime)


def start_session(context: Context, who: Person, *, lifetime: timedelta) -> SignIn:
    token = random_text()
    session = Session(who, context.now, context.now + lifetime)
    context.session.add(
        SessionRow(
            sha256=sha256(token),
            person_id=who.id,
            created_at=session.created_at,
            expires_at=session.expires_at,
        )
    )
    context.session.flush()
    context.record("session.started", who.email)
    return SignIn(session, token)


def session(context: Context, token: str) -> Session | None:
    """The session that a cookie's token opens; None where it is unknown, ended or expired."""
    row = context.session.get(SessionRow, sha256(token))
    if row is None or row.ended_at is not None or row.expires_at <= context.now:
        return None
    who = context.session.get(PersonRow, row.person_id)
    if who is None or who.disabled_at is not None:
        return None
    return Session(_person(context, who), row.created_at, row.expires_at)


def end_session(context: Context, token: str) -> None:
    """Signs out; a no-op for a token that opens nothing."""
    context.session.execute(
        update(SessionRow)
        .where(SessionRow.sha256 == sha256(token), SessionRow.ended_at.is_(None))
        .values(ended_at=context.now)
    )


def _require_held(context: Context, grants: Sequence[Grant]) -> None:
    """Nobody can give what they do not hold."""
    for grant in grants:
        for scope in sorted(PERMISSIONS[_role(grant.role)]):
            if not context.actor.may(scope, grant.domain):
                raise Forbidden(
                    "not-held",
                    f"{grant.role} of {grant.domain} includes {scope}, which you do not hold yourself.",
                    "Ask somebody who does.",
                )


def _grant(context: Context, row: PersonRow, grants: Sequence[Grant]) -> None:
    for grant in grants:
        _role(grant.role)
        if grant.domain != EVERYWHERE:
            teams.domain(context, grant.domain)
    wanted = {(str(grant.role), grant.domain) for grant in grants}
    held = {(grant.role, grant.domain) for grant in _grants(context, row)}
    if wanted == held:
        return
    context.session.execute(delete(GrantRow).where(GrantRow.person_id == row.id))
    for role, domain in sorted(wanted):
        context.session.add(GrantRow(person_id=row.id, role=role, domain=domain))
    context.record(
        "person.granted", row.email, grants=[f"{role} {domain}" for role, domain in sorted(wanted)]
    )


def _grants(context: Context, row: PersonRow) -> Sequence[GrantRow]:
    query = select(GrantRow).where(GrantRow.person_id == row.id).order_by(GrantRow.role, GrantRow.domain)
    return context.session.scalars(query).all()


def _person(context: Context, row: PersonRow) -> Person:
    grants = tuple(Grant(Role(grant.role), grant.domain) for grant in _grants(context, row))
    return Person(row.id, row.email, row.name, grants, row.created_at, row.disabled_at)


def _by_email(context: Context, email: str) -> PersonRow | None:
    return context.session.scalar(select(PersonRow).where(PersonRow.email == email))


def _email(text: str) -> str:
    text = text.strip().lower()
    local, at, host = text.rpartition("@")
    if not (at and local and host) or len(text) > 320 or any(c.isspace() or ord(c) < 32 for c in text):
        raise Invalid(
            "invalid-email", f"{text[:100]!r} is no mail address.", "Write it like ada@example.org."
        )
    return text


def _role(text: str) -> Role:
    try:
        return Role(text)
    except ValueError:
        raise Invalid("invalid-role", f"{text[:40]!r} is no role.", f"Known are {', '.join(Role)}.") from None
