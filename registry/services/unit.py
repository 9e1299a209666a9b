"""One unit of work is one transaction: it commits at its end or leaves nothing behind."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from registry.domain.access import Actor
from registry.domain.errors import Conflict, Stale
from registry.store.engine import WRITING
from registry.store.tables import AuditRow, HeadRow

from .chain import Entry, sealed

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(slots=True)
class Context:
    """What every service is handed: the open transaction, who asks, and what time it is."""

    session: Session
    actor: Actor
    now: datetime
    entries: list[Entry] = field(default_factory=list)
    bundles_changed: bool = False

    def record(self, action: str, subject: str, **details: Any) -> None:
        """Leaves an audit entry: `action` is a verb in the past (`version.published`), `subject` what it was done to."""
        self.entries.append(Entry(action, subject, details))

    def touch_bundles(self) -> None:
        """Says that gateways need to know of this."""
        self.bundles_changed = True


class UnitOfWork:
    """Opens transactions: `with unit(actor) as context:` to write, `with unit.read(actor) as context:` to look."""

    def __init__(
        self, engine: Engine, clock: Clock = utc_now, written: Callable[[], None] = lambda: None
    ) -> None:
        self.engine = engine
        self.clock = clock
        self._written = written

    @contextmanager
    def __call__(self, actor: Actor) -> Iterator[Context]:
        """Commits at the end of the block, rolls back where it raises."""
        with self._open(actor, {WRITING: True}) as context:
            try:
                yield context
                _close(context)
                context.session.commit()
            except DBAPIError as error:
                raise _explained(error) from error
        if context.bundles_changed:
            self._written()

    @contextmanager
    def read(self, actor: Actor) -> Iterator[Context]:
        """Looks only; nothing that the block writes is kept."""
        with self._open(actor, {}) as context:
            yield context
            context.session.rollback()

    @contextmanager
    def _open(self, actor: Actor, options: Mapping[str, Any]) -> Iterator[Context]:
        with (
            self.engine.connect().execution_options(**options) as connection,
            Session(bind=connection, expire_on_commit=False) as session,
        ):
            yield Context(session, actor, self.clock())


def _explained(error: DBAPIError) -> Exception:
    """What two writers at once may meet, as an error of the domain; anything else is a defect and stays."""
    state = getattr(error.orig, "sqlstate", None)
    text = str(error.orig)
    if state == "23505" or text.startswith("UNIQUE constraint failed"):
        return Conflict(
            "written-meanwhile",
            "Somebody else wrote the same thing at the same moment.",
            "Look at what is there now, then try again.",
        )
    if state in ("40001", "40P01", "55P03") or "database is locked" in text:
        return Stale("busy", "The database was busy with other writers.", "Try again.")
    return error


def _close(context: Context) -> None:
    # Both heads are locked last and in this order, so that writers wait briefly and never for each other.
    if context.bundles_changed:
        head = _head(context.session, "bundles")
        head.value = str(int(head.value) + 1)
    if context.entries:
        head = _head(context.session, "audit")
        for entry in context.entries:
            row = AuditRow(**sealed(entry, head.value, context.now, context.actor.name))
            context.session.add(row)
            context.session.flush()
            head.value = row.hash


def _head(session: Session, name: str) -> HeadRow:
    return session.execute(select(HeadRow).where(HeadRow.name == name).with_for_update()).scalar_one()
