"""How long what gateways saw is kept: rows that are too old go, some at a time, as new ones come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import InstrumentedAttribute

from registry.domain.access import Scope
from registry.store.tables import BatchRow, CallsRow, ShadowRow, UseRow, ViolationRow

from .unit import Context

MOST = 5_000
"""Rows of one kind that go in one transaction: as many as one batch may bring, so that going keeps up with coming."""
_TOGETHER = 500


@dataclass(frozen=True, slots=True)
class Retention:
    """Ages; None is for ever. `usage`: counts of calls since their hour, receipts of batches since they came, declared
    uses and violations since they were last seen. `unknown`: the same of paths and names that no contract has.

    A year and some weeks by default: a season can be held against the last one, and what is used once a year is not
    told as unused.
    """

    usage: timedelta | None = timedelta(days=400)
    unknown: timedelta | None = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class _Kind:
    """Rows that age alike. `also` narrows them down within their table."""

    key: InstrumentedAttribute[Any]
    at: InstrumentedAttribute[datetime]
    also: tuple[ColumnElement[bool], ...] = ()


_USAGE = {
    "batch": _Kind(BatchRow.id, BatchRow.received_at),
    "calls": _Kind(CallsRow.id, CallsRow.hour),
    "violation": _Kind(ViolationRow.id, ViolationRow.last_at),
    "use": _Kind(UseRow.id, UseRow.last_at, (UseRow.declared.is_(True),)),
}
_UNKNOWN = {
    "shadow": _Kind(ShadowRow.id, ShadowRow.last_at),
    "undeclared": _Kind(UseRow.id, UseRow.last_at, (UseRow.declared.is_(False),)),
}


def purge(context: Context, retention: Retention) -> Mapping[str, int]:
    """Removes what is older than it may be, the oldest first, `MOST` rows of each kind. Gives how many went, by kind."""
    context.actor.require(Scope.OBSERVATIONS_WRITE)
    removed = {}
    for kinds, age in ((_USAGE, retention.usage), (_UNKNOWN, retention.unknown)):
        if age is not None:
            for name, kind in kinds.items():
                removed[name] = _remove(context, kind, context.now - age)
    return removed


def _remove(context: Context, kind: _Kind, before: datetime) -> int:
    # Rows that another transaction holds are left for the next time: two that purge never wait for each other, nor
    # does one for a batch that has just seen an old row again.
    old = list(
        context.session.scalars(
            select(kind.key)
            .where(kind.at < before, *kind.also)
            .order_by(kind.at)
            .limit(MOST)
            .with_for_update(skip_locked=True)
        )
    )
    for start in range(0, len(old), _TOGETHER):
        statement = delete(kind.key.class_).where(kind.key.in_(old[start : start + _TOGETHER]))
        context.session.execute(statement.execution_options(synchronize_session=False))
    return len(old)
