"""Who a version serves now and nobody would serve after its end: who called it lately, and who subscribes to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from registry.domain import numbers
from registry.domain.contracts import LIVE
from registry.domain.dependents import Dependent
from registry.store.tables import CallsRow, ConsumerRow, SubscriptionRow, VersionRow

from . import consumers, contracts
from .unit import Context

CALLED_WITHIN = timedelta(days=30)
"""Longer than the rarest of usual work: what runs once a month has run in it."""


@dataclass(frozen=True, slots=True)
class _Calls:
    environment: str
    count: int
    last_at: datetime


def of(context: Context, identity: str, number: str) -> tuple[Dependent, ...]:
    """Those that a version serves: who called it last comes first, subscribers that did not call come last.

    A call counts if it was answered, in the last `CALLED_WITHIN`, and its caller has not called another version of the
    line since in the same environment: several versions share an address, and the gateway serves the newest. After the
    sunset calls are answered for consumers with an extension only, so what came before it does not count.
    """
    contract = contracts.find(context, identity)
    line = _line(context, contract.id, number)
    this = next((each for each in line if each.version == number), None)
    if this is None:
        return ()
    over = this.sunset_at is not None and this.sunset_at <= context.now
    since = context.now - CALLED_WITHIN
    if over and this.sunset_at is not None:
        since = max(since, this.sunset_at)
    calls = _calls(context, identity, this, line, since)
    subscribers = _subscribers(context, this, line, over)
    found = [
        Dependent(
            name,
            name in subscribers,
            sum(one.count for one in seen),
            max(one.last_at for one in seen),
            tuple(sorted({one.environment for one in seen})),
        )
        for name, seen in calls.items()
    ]
    found.sort(key=lambda one: (one.last_at, one.consumer or ""), reverse=True)
    silent = [Dependent(name, True) for name in sorted(subscribers - set(calls))]
    return (*found, *silent)


def _line(context: Context, contract: int, number: str) -> list[VersionRow]:
    """The live versions of the major line that a version is of, the highest first."""
    major = (
        select(VersionRow.major)
        .where(VersionRow.contract_id == contract, VersionRow.version == number)
        .scalar_subquery()
    )
    rows = context.session.scalars(
        select(VersionRow)
        .where(
            VersionRow.contract_id == contract,
            VersionRow.major == major,
            VersionRow.state.in_([str(state) for state in LIVE]),
        )
        .order_by(VersionRow.position.desc(), VersionRow.id.desc())
    )
    return list(rows)


def _calls(
    context: Context, identity: str, this: VersionRow, line: Iterable[VersionRow], since: datetime
) -> dict[str | None, list[_Calls]]:
    """What each consumer called, by its name, where this version is the one of the line that it called last."""
    last = func.max(CallsRow.last_at)
    rows = context.session.execute(
        select(CallsRow.version, CallsRow.environment, CallsRow.consumer_id, func.sum(CallsRow.count), last)
        .where(
            CallsRow.contract == identity,
            CallsRow.version.in_([each.version for each in line]),
            CallsRow.hour >= since.replace(minute=0, second=0, microsecond=0),
            CallsRow.outcome != "refused",
        )
        .group_by(CallsRow.version, CallsRow.environment, CallsRow.consumer_id)
        .having(last >= since)
    ).all()
    latest: dict[tuple[str, str], datetime] = {}
    for _, environment, consumer, _, at in rows:
        latest[environment, consumer] = max(at, latest.get((environment, consumer), at))
    known = consumers.names_of(context, {consumer for _, _, consumer, _, _ in rows if consumer})
    found: defaultdict[str | None, list[_Calls]] = defaultdict(list)
    for version, environment, consumer, count, at in rows:
        if version == this.version and at == latest[environment, consumer]:
            found[known.get(consumer, consumer) or None].append(_Calls(environment, int(count), at))
    return found


def _subscribers(context: Context, this: VersionRow, line: list[VersionRow], over: bool) -> set[str]:
    """Whose subscription means this version: the newest of the line, or of what they are pinned to."""
    rows = context.session.execute(
        select(SubscriptionRow, ConsumerRow.name)
        .join(ConsumerRow, ConsumerRow.id == SubscriptionRow.consumer_id)
        .where(
            SubscriptionRow.contract_id == this.contract_id,
            SubscriptionRow.major == this.major,
            SubscriptionRow.ended_at.is_(None),
        )
    )
    return {
        name
        for row, name in rows
        if _meant(row.pin, line) is this
        and (not over or (row.extended_until is not None and row.extended_until > context.now))
    }


def _meant(pin: str | None, line: list[VersionRow]) -> VersionRow:
    held = [each for each in line if pin is not None and numbers.pinned(pin, each.version)]
    return (held or line)[0]
