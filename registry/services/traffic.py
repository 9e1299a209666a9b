"""What the traffic says: who still calls a version, how much, and which violations were seen."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Literal

from sqlalchemy import ColumnElement, and_, or_, select

from registry.domain.access import Scope
from registry.domain.errors import Invalid, NotFound
from registry.domain.pages import USUAL, Page, bounded, cursor, read_cursor
from registry.domain.traffic import Caller, Usage, Violation
from registry.store.tables import CallsRow, ViolationRow

from . import consumers
from .texts import clean
from .unit import Context

STATES = ("open", "acknowledged")


def callers(
    context: Context,
    contract: str,
    version: str | None = None,
    *,
    since: datetime | None = None,
    environment: str | None = None,
) -> tuple[Caller, ...]:
    """Who still calls a contract (or one version of it), the most recent caller first."""
    query = select(CallsRow).where(CallsRow.contract == contract)
    if version is not None:
        query = query.where(CallsRow.version == version)
    if since is not None:
        query = query.where(CallsRow.hour >= since.replace(minute=0, second=0, microsecond=0))
    if environment is not None:
        query = query.where(CallsRow.environment == environment)
    groups: defaultdict[tuple[str, str], list[CallsRow]] = defaultdict(list)
    for row in context.session.scalars(query):
        groups[row.version, row.consumer_id].append(row)
    known = consumers.names_of(context, {consumer for _, consumer in groups if consumer})
    found = [
        Caller(
            contract,
            number,
            known.get(consumer, consumer) or None,
            consumer or None,
            tuple(sorted({row.operation for row in rows if row.operation})),
            sum(row.count for row in rows),
            sum(row.count for row in rows if row.outcome == "refused"),
            sum(row.count for row in rows if row.outcome == "violation"),
            min(row.first_at for row in rows),
            max(row.last_at for row in rows),
        )
        for (number, consumer), rows in groups.items()
    ]
    return tuple(sorted(found, key=lambda caller: caller.last_at, reverse=True))


def usage(
    context: Context,
    contract: str,
    version: str | None = None,
    *,
    since: datetime,
    by: Literal["hour", "day"] = "hour",
) -> tuple[Usage, ...]:
    """Calls over time, by operation and outcome, the oldest first."""
    query = select(CallsRow).where(CallsRow.contract == contract, CallsRow.hour >= since)
    if version is not None:
        query = query.where(CallsRow.version == version)
    counts: defaultdict[tuple[datetime, str, str], int] = defaultdict(int)
    for row in context.session.scalars(query):
        at = row.hour if by == "hour" else row.hour.replace(hour=0)
        counts[at, row.operation, row.outcome] += row.count
    return tuple(
        Usage(at, operation or None, outcome, counts[at, operation, outcome])
        for at, operation, outcome in sorted(counts)
    )


def violations(
    context: Context,
    *,
    contract: str | None = None,
    version: str | None = None,
    state: str | None = None,
    environment: str | None = None,
    after: str | None = None,
    limit: int = USUAL,
) -> Page[Violation]:
    """The most recently seen first."""
    if state is not None and state not in STATES:
        raise Invalid("invalid-state", f"{state[:40]!r} is no state.", f"Known are {', '.join(STATES)}.")
    conditions: list[ColumnElement[bool]] = []
    for column, value in (
        (ViolationRow.contract, contract),
        (ViolationRow.version, version),
        (ViolationRow.state, state),
        (ViolationRow.environment, environment),
    ):
        if value is not None:
            conditions.append(column == value)
    if key := read_cursor(after, str, int):
        at = moment(key[0])
        conditions.append(
            or_(ViolationRow.last_at < at, and_(ViolationRow.last_at == at, ViolationRow.id < key[1]))
        )
    limit = bounded(limit)
    query = (
        select(ViolationRow)
        .where(*conditions)
        .order_by(ViolationRow.last_at.desc(), ViolationRow.id.desc())
        .limit(limit + 1)
    )
    rows = list(context.session.scalars(query))
    page = _violations(context, rows[:limit])
    more = cursor(page[-1].last_at.isoformat(), page[-1].id) if len(rows) > limit else None
    return Page(page, more)


def violation(context: Context, number: int) -> Violation:
    """Raises `NotFound`."""
    return _violations(context, [_row(context, number)])[0]


def acknowledge(context: Context, number: int, *, note: str = "") -> Violation:
    """Says that somebody has seen a violation and what they think of it; it goes on being counted."""
    row = _row(context, number)
    context.actor.require(Scope.VIOLATIONS_WRITE, row.contract.partition("/")[0])
    row.state, row.note = "acknowledged", clean(note, 5_000)
    row.acknowledged_by, row.acknowledged_at = context.actor.name, context.now
    context.record("violation.acknowledged", row.contract, violation=row.id)
    context.session.flush()
    return violation(context, number)


def reopen(context: Context, number: int) -> Violation:
    row = _row(context, number)
    context.actor.require(Scope.VIOLATIONS_WRITE, row.contract.partition("/")[0])
    if row.state != "open":
        row.state, row.acknowledged_by, row.acknowledged_at = "open", None, None
        context.record("violation.reopened", row.contract, violation=row.id)
        context.session.flush()
    return violation(context, number)


def _row(context: Context, number: int) -> ViolationRow:
    row = context.session.get(ViolationRow, number)
    if row is None:
        raise NotFound("no-such-violation", f"There is no violation {number}.", "")
    return row


def moment(text: str) -> datetime:
    """The time in a list's cursor. Raises `Invalid`."""
    found: datetime | None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise Invalid("invalid-cursor", "`after` does not come from this list.", "Begin again without it.")
    return found


def _violations(context: Context, rows: list[ViolationRow]) -> tuple[Violation, ...]:
    known = consumers.names_of(context, {row.consumer_id for row in rows if row.consumer_id})
    return tuple(
        Violation(
            row.id,
            row.fingerprint,
            row.environment,
            row.contract,
            row.version,
            row.operation,
            known.get(row.consumer_id, row.consumer_id) if row.consumer_id else None,
            row.direction,
            row.location,
            row.pointer,
            row.schema_pointer,
            row.code,
            row.message,
            row.count,
            row.first_at,
            row.last_at,
            row.sample,
            row.state,
            row.acknowledged_by,
            row.acknowledged_at,
            row.note,
            row.trace_id,
        )
        for row in rows
    )
