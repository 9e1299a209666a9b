from __future__ import annotations

from datetime import timedelta

import pytest

from registry.domain.access import NOBODY, SYSTEM, Actor, Scope
from registry.domain.errors import Forbidden, Invalid, NotFound
from registry.services import Registry, tokens
from tests.registry.conftest import Clock


def test_a_token_opens_what_its_scopes_say(registry: Registry) -> None:
    with registry.unit(SYSTEM) as context:
        issued = tokens.issue(context, "gateway", ["bundles:read", "bundles:read"])
    with registry.unit.read(NOBODY) as context:
        found = tokens.authenticate(context, issued.text)
        assert found == issued.token
        assert found.actor().may(Scope.BUNDLES_READ)
        assert not found.actor().may(Scope.CONTRACTS_READ)
        for wrong in (
            "",
            issued.text[:-1] + ("a" if issued.text[-1] != "a" else "b"),
            "lt_" + issued.text,
            issued.token.id,
        ):
            assert tokens.authenticate(context, wrong) is None
    assert issued.text not in repr(issued)


def test_a_token_ends_by_time_or_by_hand(registry: Registry, clock: Clock) -> None:
    with registry.unit(SYSTEM) as context:
        short = tokens.issue(context, "short", ["bundles:read"], expires_at=clock.now + timedelta(hours=1))
        long = tokens.issue(context, "long", ["bundles:read"])
        tokens.revoke(context, long.token.id)
        assert tokens.revoke(context, long.token.id).revoked_at == clock.now
        assert tokens.authenticate(context, long.text) is None
        assert tokens.authenticate(context, short.text) is not None
        assert [one.name for one in tokens.browse(context)] in (["short", "long"], ["long", "short"])
        with pytest.raises(NotFound):
            tokens.revoke(context, "absent")
        with pytest.raises(Invalid):
            tokens.issue(context, "past", ["bundles:read"], expires_at=clock.now)
    clock.forward(hours=1)
    with registry.unit.read(NOBODY) as context:
        assert tokens.authenticate(context, short.text) is None


def test_nobody_gives_what_they_do_not_hold(registry: Registry) -> None:
    clerk = Actor("person", "ada", "", {"*": frozenset({Scope.IDENTITY_WRITE, Scope.CONTRACTS_READ})})
    with registry.unit.read(clerk) as context:
        tokens.issue(context, "reader", ["contracts:read"])
        with pytest.raises(Forbidden, match="contracts:write"):
            tokens.issue(context, "writer", ["contracts:read", "contracts:write"])
        for wrong in ([], ["everything"]):
            with pytest.raises(Invalid):
                tokens.issue(context, "x", wrong)


def test_use_is_noted_every_few_minutes(registry: Registry, clock: Clock) -> None:
    with registry.unit(SYSTEM) as context:
        issued = tokens.issue(context, "gateway", ["bundles:read"])
        assert tokens.needs_mark(issued.token, clock.now)
        tokens.mark_used(context, issued.token.id)
        context.session.flush()
        used = tokens.authenticate(context, issued.text)
    assert used is not None
    assert not tokens.needs_mark(used, clock.now)
    assert tokens.needs_mark(used, clock.now + timedelta(minutes=6))
