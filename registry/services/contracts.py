"""Contracts: made once, found by `domain/name`, listed a page at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import aliased

from registry.domain import names
from registry.domain.access import Scope
from registry.domain.contracts import Contract, Element, Kind, State
from registry.domain.errors import Conflict, Invalid, NotFound
from registry.domain.pages import USUAL, Page, bounded, cursor, read_cursor
from registry.store.tables import ContractRow, ElementRow, LintReportRow, VersionRow

from . import teams
from .summaries import summary
from .texts import clean
from .unit import Context


@dataclass(frozen=True, slots=True)
class Filter:
    """Which contracts: every field that is given must fit. `state` is that of the latest version."""

    domain: str | None = None
    system: str | None = None
    owner: str | None = None
    kind: str | None = None
    state: str | None = None


def create(
    context: Context,
    identity: str,
    *,
    kind: str,
    owner: str,
    system: str | None = None,
    title: str = "",
    description: str = "",
) -> Contract:
    """A contract without versions. Domain, owner and system must exist.

    Raises `Conflict` where the name is taken, `NotFound` for an unknown domain, team or system.
    """
    domain, name = names.split(identity)
    context.actor.require(Scope.CONTRACTS_WRITE, domain)
    if kind not in list(Kind):
        raise Invalid(
            "invalid-kind", f"{kind[:40]!r} is no kind of contract.", f"Known are {', '.join(Kind)}."
        )
    teams.domain(context, domain)
    teams.team(context, owner)
    if system is not None:
        teams.system(context, system)
    if _row(context, identity) is not None:
        raise Conflict("contract-exists", f"The contract {identity} exists.", "Publish a version of it.")
    row = ContractRow(
        domain=domain,
        name=name,
        kind=str(kind),
        title=clean(title or name, 300),
        description=clean(description, 100_000),
        owner=owner,
        system=system,
        created_at=context.now,
        updated_at=context.now,
        versions=0,
    )
    context.session.add(row)
    context.session.flush()
    context.record("contract.created", identity, kind=str(kind), owner=owner, system=system)
    return _contract(row, None, None)


def change(
    context: Context, identity: str, *, owner: str | None = None, system: str | None = None
) -> Contract:
    """Hands a contract to another team, or says which system serves it. What is None stays."""
    row = find(context, identity)
    context.actor.require(Scope.CONTRACTS_WRITE, row.domain)
    if owner is not None and owner != row.owner:
        teams.team(context, owner)
        context.record("contract.owner-changed", identity, before=row.owner, after=owner)
        row.owner, row.updated_at = owner, context.now
    if system is not None and system != row.system:
        teams.system(context, system)
        context.record("contract.system-changed", identity, before=row.system, after=system)
        row.system, row.updated_at = system, context.now
    context.session.flush()
    return get(context, identity)


def get(context: Context, identity: str) -> Contract:
    """Raises `NotFound`."""
    names.split(identity)
    for found in _read(context, _query().where(_is(identity))):
        return found
    raise _absent(identity)


def browse(
    context: Context, wanted: Filter = Filter(), *, after: str | None = None, limit: int = USUAL
) -> Page[Contract]:
    """Contracts in the order of domain and name, each with its latest version."""
    query = _filtered(_query(), wanted).order_by(ContractRow.domain, ContractRow.name)
    if key := read_cursor(after, str, str):
        query = query.where(
            or_(
                ContractRow.domain > key[0],
                and_(ContractRow.domain == key[0], ContractRow.name > key[1]),
            )
        )
    limit = bounded(limit)
    found = _read(context, query.limit(limit + 1))
    page = tuple(found[:limit])
    return Page(page, cursor(page[-1].domain, page[-1].name) if len(found) > limit else None)


def elements(
    context: Context,
    identity: str,
    *,
    kinds: tuple[str, ...] = ("operation", "channel"),
    after: str | None = None,
    limit: int = USUAL,
) -> Page[Element]:
    """The operations, channels, messages or schemas of the latest version, in the contract's own order."""
    contract = find(context, identity)
    query = (
        select(ElementRow)
        .where(ElementRow.contract_id == contract.id, ElementRow.kind.in_(kinds))
        .order_by(ElementRow.id)
    )
    if key := read_cursor(after, int):
        query = query.where(ElementRow.id > key[0])
    limit = bounded(limit)
    rows = context.session.scalars(query.limit(limit + 1)).all()
    page = tuple(Element(row.kind, row.key, row.title, "", row.deprecated) for row in rows[:limit])
    return Page(page, cursor(rows[limit - 1].id) if len(rows) > limit else None)


def find(context: Context, identity: str) -> ContractRow:
    """The row itself, for other services."""
    row = _row(context, identity)
    if row is None:
        raise _absent(identity)
    return row


def exists(context: Context, identity: str) -> bool:
    return _row(context, identity) is not None


def count(context: Context) -> int:
    return context.session.scalar(select(func.count()).select_from(ContractRow)) or 0


def by_ids(context: Context, ids: set[int]) -> dict[int, Contract]:
    """Contracts by row id, for lists that were found otherwise."""
    return (
        {found.id: found for found in _read(context, _query().where(ContractRow.id.in_(ids)))} if ids else {}
    )


def _row(context: Context, identity: str) -> ContractRow | None:
    names.split(identity)
    return context.session.scalar(select(ContractRow).where(_is(identity)))


def _is(identity: str) -> ColumnElement[bool]:
    domain, name = names.split(identity)
    return and_(ContractRow.domain == domain, ContractRow.name == name)


_Query: TypeAlias = "Select[ContractRow, VersionRow, LintReportRow]"
_Latest = aliased(VersionRow)
_Lint = aliased(LintReportRow)


def _query() -> _Query:
    return (
        select(ContractRow, _Latest, _Lint)
        .outerjoin(_Latest, and_(_Latest.contract_id == ContractRow.id, _Latest.is_latest))
        .outerjoin(_Lint, _Lint.version_id == _Latest.id)
    )


def _filtered(query: _Query, wanted: Filter) -> _Query:
    for column, value in (
        (ContractRow.domain, wanted.domain),
        (ContractRow.system, wanted.system),
        (ContractRow.owner, wanted.owner),
        (ContractRow.kind, wanted.kind),
    ):
        if value is not None:
            query = query.where(column == value)
    if wanted.state is not None:
        if wanted.state not in list(State):
            raise Invalid(
                "invalid-state", f"{wanted.state[:40]!r} is no state.", f"Known are {', '.join(State)}."
            )
        query = query.where(_Latest.state == wanted.state)
    return query


def _read(context: Context, query: _Query) -> list[Contract]:
    return [_contract(row, latest, lint) for row, latest, lint in context.session.execute(query)]


def _contract(row: ContractRow, latest: VersionRow | None, lint: LintReportRow | None) -> Contract:
    return Contract(
        row.id,
        row.domain,
        row.name,
        Kind(row.kind),
        row.title,
        row.description,
        row.owner,
        row.system,
        row.created_at,
        row.updated_at,
        None if latest is None else summary(latest, row.identity, lint),
        row.versions,
    )


def _absent(identity: str) -> NotFound:
    return NotFound("no-such-contract", f"There is no contract {identity}.", "`lading list` shows them all.")
