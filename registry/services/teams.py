"""The landscape: teams, domains, systems, environments and plans.

Each is named by a slug and is written by `put`: the same again is a no-op, other facts replace the old ones.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from sqlalchemy import select

from registry.domain import names
from registry.domain.access import Scope
from registry.domain.errors import Invalid, NotFound
from registry.domain.parties import Domain, Environment, Plan, System, SystemKind, Team
from registry.store.base import Base
from registry.store.tables import DomainRow, EnvironmentRow, PlanRow, SystemRow, TeamRow

from .texts import clean
from .unit import Context

R = TypeVar("R", bound=Base)


def put_team(
    context: Context, name: str, *, title: str = "", email: str | None = None, description: str = ""
) -> Team:
    row = _put(context, TeamRow, "team", name, title, description, email=email)
    return _team(row)


def teams(context: Context) -> tuple[Team, ...]:
    return tuple(_team(row) for row in context.session.scalars(select(TeamRow).order_by(TeamRow.name)))


def team(context: Context, name: str) -> Team:
    return _team(_get(context, TeamRow, "team", name))


def put_domain(context: Context, name: str, *, title: str = "", description: str = "") -> Domain:
    return _domain(_put(context, DomainRow, "domain", name, title, description))


def domains(context: Context) -> tuple[Domain, ...]:
    return tuple(_domain(row) for row in context.session.scalars(select(DomainRow).order_by(DomainRow.name)))


def domain(context: Context, name: str) -> Domain:
    return _domain(_get(context, DomainRow, "domain", name))


def put_system(
    context: Context,
    name: str,
    *,
    title: str = "",
    kind: str = SystemKind.OTHER,
    owner: str | None = None,
    description: str = "",
) -> System:
    """`owner` is a team that exists. Raises `Invalid` for an unknown kind."""
    if kind not in list(SystemKind):
        raise Invalid(
            "invalid-kind", f"{kind[:40]!r} is no kind of system.", f"Known are {', '.join(SystemKind)}."
        )
    if owner is not None:
        team(context, owner)
    return _system(_put(context, SystemRow, "system", name, title, description, kind=str(kind), owner=owner))


def systems(context: Context) -> tuple[System, ...]:
    return tuple(_system(row) for row in context.session.scalars(select(SystemRow).order_by(SystemRow.name)))


def system(context: Context, name: str) -> System:
    return _system(_get(context, SystemRow, "system", name))


def put_environment(context: Context, name: str, *, title: str = "") -> Environment:
    context.actor.require(Scope.LANDSCAPE_WRITE)
    names.check(name, "environment")
    row = context.session.get(EnvironmentRow, name)
    if row is None:
        row = EnvironmentRow(name=name, title=clean(title or name, 300))
        context.session.add(row)
        context.record("environment.written", name)
    elif title and row.title != title:
        row.title = clean(title, 300)
        context.record("environment.written", name)
    context.session.flush()
    return Environment(row.name, row.title)


def environments(context: Context) -> tuple[Environment, ...]:
    rows = context.session.scalars(select(EnvironmentRow).order_by(EnvironmentRow.name))
    return tuple(Environment(row.name, row.title) for row in rows)


def put_plan(
    context: Context,
    name: str,
    *,
    limit: int,
    window: int,
    burst: int,
    quota: Mapping[str, int] | None = None,
) -> Plan:
    """`limit` requests in each `window` of seconds, `burst` at once, and within the quota, if there is one; all of
    them at least 1.
    """
    context.actor.require(Scope.LANDSCAPE_WRITE)
    names.check(name, "plan")
    held = {"limit": quota["limit"], "window": quota["window"]} if quota is not None else None
    if not all(1 <= number <= 1_000_000_000 for number in (limit, window, burst, *(held or {}).values())):
        raise Invalid(
            "invalid-plan", "A plan's limit, window and burst are whole numbers from 1.", "Mend them."
        )
    row = context.session.get(PlanRow, name)
    wanted = Plan(name, limit, window, burst, held)
    if row is None:
        context.session.add(PlanRow(name=name, limit=limit, window=window, burst=burst, quota=held))
    elif _plan(row) == wanted:
        return wanted
    else:
        row.limit, row.window, row.burst, row.quota = limit, window, burst, held
    context.record("plan.written", name, limit=limit, window=window, burst=burst, quota=held)
    context.touch_bundles()
    context.session.flush()
    return wanted


def plans(context: Context) -> tuple[Plan, ...]:
    rows = context.session.scalars(select(PlanRow).order_by(PlanRow.name))
    return tuple(_plan(row) for row in rows)


def _plan(row: PlanRow) -> Plan:
    return Plan(row.name, row.limit, row.window, row.burst, row.quota)


def _put(
    context: Context, table: type[R], what: str, name: str, title: str, description: str, **facts: Any
) -> Any:
    context.actor.require(Scope.LANDSCAPE_WRITE)
    names.check(name, what)
    row: Any = context.session.get(table, name)
    wanted = {**facts, "title": clean(title or name, 300), "description": clean(description, 20_000)}
    if row is None:
        row = table(name=name, created_at=context.now, **wanted)
        context.session.add(row)
    else:
        if not title:
            wanted["title"] = row.title
        changed = {key: value for key, value in wanted.items() if getattr(row, key) != value}
        if not changed:
            return row
        for key, value in changed.items():
            setattr(row, key, value)
    context.record(f"{what}.written", name, **facts)
    context.session.flush()
    return row


def _get(context: Context, table: type[R], what: str, name: str) -> Any:
    row = context.session.get(table, name)
    if row is None:
        raise NotFound(
            f"no-such-{what}", f"There is no {what} {name[: names.LONGEST]!r}.", f"Create the {what} first."
        )
    return row


def _team(row: TeamRow) -> Team:
    return Team(row.name, row.title, row.email, row.description)


def _domain(row: DomainRow) -> Domain:
    return Domain(row.name, row.title, row.description)


def _system(row: SystemRow) -> System:
    return System(row.name, row.title, SystemKind(row.kind), row.owner, row.description)
