"""How the traffic differs from the contracts: what is called and in none, what has ended and is called, what is declared
and not used, what is used and not declared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select

from contracts.model import EventApi, HttpApi
from registry.domain.contracts import State
from registry.domain.pages import USUAL, Page, bounded, cursor, read_cursor
from registry.domain.traffic import Drift, OperationDrift, Place, Shadow, Zombie
from registry.store.tables import CallsRow, ContractRow, ShadowRow, UseRow, VersionRow

from . import consumers, versions
from .declared import answers, places
from .reading import model_of
from .traffic import moment
from .unit import Context

_MOST_TOLD = 500
"""Places of one operation that are told as unused, and as undeclared."""


def shadows(
    context: Context,
    *,
    contract: str | None = None,
    environment: str | None = None,
    since: datetime | None = None,
    after: str | None = None,
    limit: int = USUAL,
) -> Page[Shadow]:
    """Calls of what is in no contract, the most recently seen first. `contract` empty asks for those below none."""
    conditions: list[ColumnElement[bool]] = []
    if contract is not None:
        conditions.append(ShadowRow.contract == contract)
    if environment is not None:
        conditions.append(ShadowRow.environment == environment)
    if since is not None:
        conditions.append(ShadowRow.last_at >= since)
    if key := read_cursor(after, str, int):
        at = moment(key[0])
        conditions.append(or_(ShadowRow.last_at < at, and_(ShadowRow.last_at == at, ShadowRow.id < key[1])))
    limit = bounded(limit)
    query = (
        select(ShadowRow)
        .where(*conditions)
        .order_by(ShadowRow.last_at.desc(), ShadowRow.id.desc())
        .limit(limit + 1)
    )
    rows = list(context.session.scalars(query))
    known = consumers.names_of(context, {row.consumer_id for row in rows if row.consumer_id})
    page = tuple(
        Shadow(
            row.id,
            row.environment,
            row.contract or None,
            row.method,
            row.path,
            known.get(row.consumer_id, row.consumer_id) or None,
            row.passed,
            row.status,
            row.count,
            row.first_at,
            row.last_at,
        )
        for row in rows[:limit]
    )
    more = cursor(page[-1].last_at.isoformat(), page[-1].id) if len(rows) > limit else None
    return Page(page, more)


def zombies(
    context: Context,
    *,
    contract: str | None = None,
    environment: str | None = None,
    since: datetime | None = None,
) -> tuple[Zombie, ...]:
    """Versions that are retired or past their sunset and were called after it, the most recently called first."""
    ended = _ended(context, contract)
    if not ended:
        return ()
    query = select(CallsRow).where(CallsRow.contract.in_({identity for identity, _ in ended}))
    if environment is not None:
        query = query.where(CallsRow.environment == environment)
    if since is not None:
        query = query.where(CallsRow.hour >= since.replace(minute=0, second=0, microsecond=0))
    groups: defaultdict[tuple[str, str], list[CallsRow]] = defaultdict(list)
    for row in context.session.scalars(query):
        version = ended.get((row.contract, row.version))
        if version is not None and row.last_at >= _end(version):
            groups[row.contract, row.version].append(row)
    known = consumers.names_of(
        context, {row.consumer_id for rows in groups.values() for row in rows if row.consumer_id}
    )
    found = [_zombie(ended[key], key[0], rows, known) for key, rows in groups.items()]
    return tuple(sorted(found, key=lambda one: one.last_at, reverse=True))


def _ended(context: Context, contract: str | None) -> dict[tuple[str, str], VersionRow]:
    rows = context.session.execute(
        select(VersionRow, ContractRow)
        .join(ContractRow, ContractRow.id == VersionRow.contract_id)
        .where(or_(VersionRow.state == str(State.RETIRED), VersionRow.sunset_at <= context.now))
    )
    return {
        (owner.identity, version.version): version
        for version, owner in rows
        if contract is None or owner.identity == contract
    }


def _end(version: VersionRow) -> datetime:
    """The earlier of retirement and sunset."""
    return min(moment for moment in (version.sunset_at, version.retired_at) if moment is not None)


def _zombie(version: VersionRow, contract: str, rows: list[CallsRow], known: dict[str, str]) -> Zombie:
    names = {known.get(row.consumer_id, row.consumer_id) for row in rows if row.consumer_id}
    return Zombie(
        contract,
        version.version,
        version.state,
        version.sunset_at,
        version.replacement,
        tuple(sorted(names)),
        any(not row.consumer_id for row in rows),
        sum(row.count for row in rows),
        sum(row.count for row in rows if row.outcome != "refused"),
        min(row.first_at for row in rows),
        max(row.last_at for row in rows),
    )


Models = Callable[[Context, str, str], HttpApi | EventApi]


def drift(
    context: Context,
    contract: str,
    number: str,
    *,
    environment: str | None = None,
    since: datetime | None = None,
    model: Models = model_of,
) -> Drift:
    """What calls of a version leave unused and use beside it, by operation. Raises `NotFound`.

    Of an operation that was never called nothing is told but that. A contract of events has none. `model` gives the
    model of a version, for those who keep them.
    """
    stored = versions.get(context, contract, number)
    api = model(context, contract, stored.version)
    if not isinstance(api, HttpApi):
        return Drift(contract, stored.version, (), ())
    calls = _calls(context, contract, stored.version, environment, since)
    uses = _uses(context, contract, stored.version, environment, since)
    found, uncalled = [], []
    for key, declared in places(api).items():
        if key not in calls and key not in uses:
            uncalled.append(key)
            continue
        number_of_calls, last_at = calls.get(key, (0, None))
        used = uses.get(key, [])
        unused, undeclared = _differences(declared, used)
        found.append(
            OperationDrift(
                key,
                number_of_calls,
                last_at,
                unused[:_MOST_TOLD],
                undeclared[:_MOST_TOLD],
                sum(place.declared for place in used),
            )
        )
    return Drift(contract, stored.version, tuple(found), tuple(uncalled))


def _calls(
    context: Context, contract: str, version: str, environment: str | None, since: datetime | None
) -> dict[str, tuple[int, datetime]]:
    query = (
        select(CallsRow.operation, func.sum(CallsRow.count), func.max(CallsRow.last_at))
        .where(CallsRow.contract == contract, CallsRow.version == version, CallsRow.operation != "")
        .group_by(CallsRow.operation)
    )
    if environment is not None:
        query = query.where(CallsRow.environment == environment)
    if since is not None:
        query = query.where(CallsRow.hour >= since.replace(minute=0, second=0, microsecond=0))
    return {key: (int(count), at) for key, count, at in context.session.execute(query)}


def _uses(
    context: Context, contract: str, version: str, environment: str | None, since: datetime | None
) -> dict[str, list[UseRow]]:
    query = select(UseRow).where(UseRow.contract == contract, UseRow.version == version)
    if environment is not None:
        query = query.where(UseRow.environment == environment)
    if since is not None:
        query = query.where(UseRow.last_at >= since)
    found: defaultdict[str, list[UseRow]] = defaultdict(list)
    for row in context.session.scalars(query.order_by(UseRow.id)):
        found[row.operation].append(row)
    return dict(found)


def _differences(
    declared: Iterable[Place], uses: list[UseRow]
) -> tuple[tuple[Place, ...], tuple[Place, ...]]:
    """Declared places that were not used, and used ones that are not declared.

    Below a place that was never used nothing is told, below a list that was always empty neither, and nothing of a
    body whose part was never looked at.
    """
    used = {(row.part, row.pointer, row.value) for row in uses}
    statuses = [place.pointer[1:] for place in declared if place.part == "status"]
    for row in uses:
        if row.part == "status" and (name := answers(row.pointer[1:], statuses)) is not None:
            used.add(("status", f"/{name}", None))
    looked = {part for part, _, _ in used}
    filled = {(part, held) for part, pointer, _ in used for held in _stars(pointer)}
    unused: list[Place] = []
    absent: set[tuple[str, str]] = set()
    for place in declared:
        above = (place.part, place.pointer.rpartition("/")[0] if place.value is None else place.pointer)
        if place.part not in looked and place.part not in ("query", "header", "status"):
            continue
        if above[1].endswith("/*") and above not in filled and above not in absent:
            absent.add(above)
            if (place.part, above[1][:-2]) not in absent:
                unused.append(Place(*above))
        if above in absent:
            absent.add((place.part, place.pointer))
            continue
        if (place.part, place.pointer, place.value) not in used:
            if place.value is None:
                absent.add((place.part, place.pointer))
            unused.append(place)
    others = {
        (row.part, row.pointer, row.value): Place(row.part, row.pointer, row.value, row.last_at)
        for row in uses
        if not row.declared
    }
    return tuple(unused), tuple(others.values())


def _stars(pointer: str) -> Iterable[str]:
    """The lists and maps that a pointer leads through, each up to its `*`."""
    parts = pointer.split("/")
    return ("/".join(parts[: number + 1]) for number, part in enumerate(parts) if part == "*")
