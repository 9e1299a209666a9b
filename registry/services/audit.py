"""Who did what and when: reading the chain, and checking that nobody rewrote it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from registry.domain.access import AuditEntry, Scope
from registry.domain.pages import USUAL, Page, bounded, cursor, read_cursor
from registry.store.tables import AuditRow, HeadRow

from .chain import seal
from .texts import clean
from .unit import Context


@dataclass(frozen=True, slots=True)
class Verification:
    """`broken_at` is the first entry that does not fit the one before it, None where all do."""

    entries: int
    broken_at: int | None
    reason: str


def browse(
    context: Context, *, subject: str | None = None, after: str | None = None, limit: int = USUAL
) -> Page[AuditEntry]:
    """The newest entries first; of one subject (`erp/orders`, with what begins `erp/orders@`) or of all."""
    context.actor.require(Scope.AUDIT_READ)
    query = select(AuditRow).order_by(AuditRow.id.desc()).limit(bounded(limit) + 1)
    if subject:
        subject = clean(subject, 500)
        query = query.where(
            (AuditRow.subject == subject) | AuditRow.subject.startswith(subject + "@", autoescape=True)
        )
    if key := read_cursor(after, int):
        query = query.where(AuditRow.id < key[0])
    rows = context.session.scalars(query).all()
    more = len(rows) > bounded(limit)
    rows = rows[: bounded(limit)]
    return Page(tuple(_entry(row) for row in rows), cursor(rows[-1].id) if more else None)


def verify(context: Context) -> Verification:
    """Recomputes the whole chain, from the first entry to the head."""
    context.actor.require(Scope.AUDIT_READ)
    previous, count = "", 0
    for row in context.session.scalars(
        select(AuditRow).order_by(AuditRow.id).execution_options(yield_per=1000)
    ):
        count += 1
        if row.previous != previous:
            return Verification(count, row.id, f"Entry {row.id} does not follow the one before it.")
        if seal({**_fields(row), "previous": row.previous}) != row.hash:
            return Verification(count, row.id, f"Entry {row.id} was changed after it was written.")
        previous = row.hash
    head = context.session.scalars(select(HeadRow.value).where(HeadRow.name == "audit")).one()
    if head != previous:
        return Verification(count, None, "Entries are missing at the end of the chain.")
    return Verification(count, None, "")


def _fields(row: AuditRow) -> dict[str, object]:
    return {name: getattr(row, name) for name in ("at", "actor", "action", "subject", "details")}


def _entry(row: AuditRow) -> AuditEntry:
    return AuditEntry(row.id, row.at, row.actor, row.action, row.subject, row.details, row.previous, row.hash)
