from __future__ import annotations

from datetime import UTC, datetime

import pytest

from registry.domain.access import NOBODY, PERMISSIONS, SYSTEM, Grant, Person, Role, Scope
from registry.domain.errors import Forbidden, Unauthenticated


def person(*grants: Grant) -> Person:
    return Person(1, "ada@example.org", "Ada", grants, datetime(2026, 1, 1, tzinfo=UTC))


def test_a_role_counts_in_its_domain_only() -> None:
    actor = person(Grant(Role.OWNER, "erp"), Grant(Role.VIEWER)).actor()
    assert actor.may(Scope.CONTRACTS_WRITE, "erp")
    assert not actor.may(Scope.CONTRACTS_WRITE, "carrier")
    assert not actor.may(Scope.CONTRACTS_WRITE)
    assert actor.may_anywhere(Scope.CONTRACTS_WRITE)
    assert actor.may(Scope.CONTRACTS_READ, "carrier")


def test_roles_of_one_domain_add_up() -> None:
    actor = person(Grant(Role.OWNER, "erp"), Grant(Role.OPERATOR, "erp")).actor()
    actor.require(Scope.CONTRACTS_WRITE, "erp")
    actor.require(Scope.DEPLOYMENTS_WRITE, "erp")


def test_who_may_not_is_told_and_nobody_is_asked_to_sign_in() -> None:
    with pytest.raises(Forbidden, match="contracts:write in erp"):
        person(Grant(Role.VIEWER)).actor().require(Scope.CONTRACTS_WRITE, "erp")
    with pytest.raises(Unauthenticated):
        NOBODY.require(Scope.CONTRACTS_READ)


def test_an_admin_and_lading_itself_may_do_everything_and_every_role_something() -> None:
    assert PERMISSIONS[Role.ADMIN] == frozenset(Scope)
    assert all(SYSTEM.may(scope) for scope in Scope)
    assert set(PERMISSIONS) == set(Role)
    assert all(Scope.CONTRACTS_READ in scopes for scopes in PERMISSIONS.values())
