from __future__ import annotations

import pytest

from registry.domain.access import SYSTEM, Actor, Scope
from registry.domain.errors import Forbidden, Invalid, NotFound
from registry.services import Context, Registry, audit, teams


def test_putting_creates_changes_and_otherwise_does_nothing(context: Context) -> None:
    assert teams.put_team(context, "desk", title="Desk").title == "Desk"
    noted = len(context.entries)
    assert teams.put_team(context, "desk").title == "Desk"
    assert len(context.entries) == noted
    assert (
        teams.put_team(context, "desk", title="Order Desk", email="desk@example.org").email
        == "desk@example.org"
    )
    assert len(context.entries) == noted + 1
    assert [one.name for one in teams.teams(context)] == ["desk"]


def test_systems_have_kinds_and_owners_that_exist(context: Context) -> None:
    with pytest.raises(NotFound):
        teams.put_system(context, "sap", kind="erp", owner="nobody")
    with pytest.raises(Invalid, match="last-mile"):
        teams.put_system(context, "sap", kind="toaster")
    teams.put_team(context, "desk")
    assert teams.put_system(context, "sap", kind="erp", owner="desk").owner == "desk"


def test_domains_environments_and_plans(context: Context) -> None:
    teams.put_domain(context, "erp", description="Orders")
    assert teams.domain(context, "erp").description == "Orders"
    teams.put_environment(context, "staging")
    teams.put_environment(context, "staging", title="Staging")
    assert [one.title for one in teams.environments(context)] == ["Default", "Staging"]
    assert teams.put_plan(context, "big", limit=10, window=1, burst=5) in teams.plans(context)
    day = {"limit": 1000, "window": 86_400}
    assert teams.put_plan(context, "big", limit=10, window=1, burst=5, quota=day).quota == day
    assert teams.put_plan(context, "big", limit=10, window=1, burst=5, quota=day) in teams.plans(context)
    with pytest.raises(Invalid):
        teams.put_plan(context, "big", limit=10, window=1, burst=5, quota={"limit": 0, "window": 1})
    with pytest.raises(Invalid):
        teams.put_plan(context, "none", limit=0, window=1, burst=1)
    with pytest.raises(NotFound):
        teams.domain(context, "absent")


def test_only_those_who_may_change_the_landscape(registry: Registry) -> None:
    reader = Actor("machine", "reader", "Reader", {"*": frozenset({Scope.CONTRACTS_READ})})
    with registry.unit.read(reader) as opened:
        for put in (teams.put_team, teams.put_domain, teams.put_system, teams.put_environment):
            with pytest.raises(Forbidden):
                put(opened, "x")


def test_changes_are_audited(registry: Registry) -> None:
    with registry.unit(SYSTEM) as opened:
        teams.put_domain(opened, "erp")
    with registry.unit.read(SYSTEM) as opened:
        assert audit.browse(opened, subject="erp").items[0].action == "domain.written"
