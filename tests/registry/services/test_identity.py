from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from registry.domain.access import NOBODY, SYSTEM, Actor, Grant, Role, Scope
from registry.domain.errors import DomainError, Forbidden, Invalid, NotFound, Unauthenticated
from registry.services import Registry, identity
from registry.store.tables import LinkRow, PersonRow, SessionRow
from tests.registry.conftest import Clock

HOUR = timedelta(hours=1)


def link(registry: Registry, **facts: Any) -> identity.Link:
    with registry.unit(SYSTEM) as context:
        return identity.issue_link(context, "Ada@Example.org", **{"role": "admin", **facts})


def redeem(registry: Registry, token: str) -> identity.SignIn:
    with registry.unit(SYSTEM) as context:
        return identity.redeem_link(context, token, lifetime=HOUR)


def test_a_link_signs_in_once(registry: Registry) -> None:
    made = link(registry)
    signed_in = redeem(registry, made.token)
    assert signed_in.session.person.email == "ada@example.org"
    assert signed_in.session.person.actor().may(Scope.IDENTITY_WRITE)
    with pytest.raises(Unauthenticated, match="used already"):
        redeem(registry, made.token)
    with pytest.raises(Unauthenticated):
        redeem(registry, "guess")


def test_a_link_expires(registry: Registry, clock: Clock) -> None:
    made = link(registry, lifetime=timedelta(minutes=30))
    clock.forward(minutes=31)
    with pytest.raises(Unauthenticated):
        redeem(registry, made.token)


def test_a_session_ends_by_time_by_signing_out_and_with_the_account(registry: Registry, clock: Clock) -> None:
    first, second, third = (redeem(registry, link(registry).token).token for _ in range(3))

    def holds(token: str) -> bool:
        with registry.unit.read(NOBODY) as context:
            return identity.session(context, token) is not None

    assert holds(first)
    assert not holds("guess")
    with registry.unit(NOBODY) as context:
        identity.end_session(context, first)
    assert [holds(first), holds(second)] == [False, True]
    with registry.unit(SYSTEM) as context:
        context.session.scalars(select(PersonRow)).one().disabled_at = clock.now
    assert not holds(third)
    with registry.unit(SYSTEM) as context:
        context.session.scalars(select(PersonRow)).one().disabled_at = None
    clock.forward(hours=1)
    assert not holds(second)


def test_no_secret_is_kept_in_the_clear(registry: Registry) -> None:
    made = link(registry)
    signed_in = redeem(registry, made.token)
    assert made.token not in repr(made)
    assert signed_in.token not in repr(signed_in)
    with registry.unit.read(SYSTEM) as context:
        kept = str(
            [vars(row) for table in (LinkRow, SessionRow) for row in context.session.scalars(select(table))]
        )
    assert made.token not in kept
    assert signed_in.token not in kept


def test_roles_are_of_domains_that_exist(landscape: Registry) -> None:
    with landscape.unit(SYSTEM) as context:
        made = identity.put_person(context, "bob@example.org", grants=[Grant(Role.OWNER, "erp")])
        assert made.grants == (Grant(Role.OWNER, "erp"),)
        assert identity.put_person(context, "bob@example.org", name="Bob").grants == made.grants
        assert identity.put_person(context, "bob@example.org", grants=[]).grants == ()
        with pytest.raises(NotFound):
            identity.put_person(context, "bob@example.org", grants=[Grant(Role.OWNER, "moon")])
        assert [one.name for one in identity.people(context)] == ["Bob"]
        assert identity.person(context, "BOB@example.org").name == "Bob"
        with pytest.raises(NotFound):
            identity.person(context, "eve@example.org")


@pytest.mark.parametrize("email", ["", "ada", "@x", "a@", "a b@c", "x" * 330 + "@y"])
def test_what_is_no_mail_address(registry: Registry, email: str) -> None:
    with registry.unit.read(SYSTEM) as context, pytest.raises(Invalid):
        identity.put_person(context, email)


def test_an_unknown_role(registry: Registry) -> None:
    with pytest.raises(Invalid, match="viewer"):
        link(registry, role="king")


def test_who_comes_from_an_issuer_is_known_by_its_subject_then(registry: Registry) -> None:
    def arrive(**facts: Any) -> identity.SignIn:
        given = {
            "issuer": "https://id",
            "subject": "s1",
            "email": "eve@example.org",
            "email_verified": True,
            "name": "Eve",
            "lifetime": HOUR,
        }
        with registry.unit(SYSTEM) as context:
            return identity.sign_in_from_issuer(context, **{**given, **facts})

    first = arrive().session.person
    assert first.grants == (Grant(Role.VIEWER),)
    assert arrive(email="other@example.org").session.person == first
    assert arrive(email=None, email_verified=False).session.person == first
    assert arrive(subject="s2").session.person == first, "the same verified address is the same person"
    for facts in ({"email": None}, {"email_verified": False}):
        with pytest.raises(DomainError, match="vouch"):
            arrive(subject="s3", **facts)


def test_nobody_gives_what_they_do_not_hold(registry: Registry) -> None:
    keeper = Actor("machine", "keeper", grants={"*": frozenset({Scope.IDENTITY_WRITE})})
    with pytest.raises(Forbidden, match="do not hold"), registry.unit(keeper) as context:
        identity.put_person(context, "eve@example.org", grants=(Grant(Role.ADMIN),))
    with pytest.raises(Forbidden, match="do not hold"), registry.unit(keeper) as context:
        identity.issue_link(context, "eve@example.org", role="viewer")
    with registry.unit(keeper) as context:
        assert identity.put_person(context, "eve@example.org").grants == ()


def test_nobody_signs_in_as_somebody_who_holds_more_nor_takes_their_roles_away(registry: Registry) -> None:
    link(registry)
    keeper = Actor("machine", "keeper", grants={"*": frozenset({Scope.IDENTITY_WRITE})})
    with pytest.raises(Forbidden, match="do not hold"), registry.unit(keeper) as context:
        identity.issue_link(context, "ada@example.org")
    with pytest.raises(Forbidden, match="do not hold"), registry.unit(keeper) as context:
        identity.put_person(context, "ada@example.org", grants=())
