"""Gate runs: every yes and no that was given, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import undefer

from registry.domain.errors import Invalid, NotFound
from registry.domain.pages import USUAL, Page, bounded, cursor, read_cursor
from registry.domain.reports import GateRun, Outcome
from registry.store.tables import GateRunRow

from .texts import clean, cleaned
from .unit import Context


def store(
    context: Context,
    contract: str,
    version: str,
    *,
    digest: str,
    profile: str,
    source: str,
    base: str | None,
    result: Mapping[str, Any],
) -> GateRun:
    """Keeps a gate's answer (`GateResult.as_dict`)."""
    row = GateRunRow(
        contract=contract,
        version=clean(version, 100),
        digest=digest,
        profile=profile,
        source=source,
        outcome=result["outcome"],
        checks=cleaned(result["checks"]),
        base=base,
        actor=context.actor.name,
        created_at=context.now,
        result=cleaned(result),
    )
    context.session.add(row)
    context.session.flush()
    context.record(
        f"gate.{row.outcome}", f"{contract}@{row.version}", run=row.id, profile=profile, source=source
    )
    return _run(row)


def get(context: Context, run: int) -> GateRun:
    """Raises `NotFound`."""
    row = context.session.get(GateRunRow, run, options=[undefer(GateRunRow.result)])
    if row is None:
        raise NotFound(
            "no-such-run", f"There is no gate run {run}.", "`lading show` lists those of a contract."
        )
    return _run(row)


def browse(
    context: Context,
    *,
    contract: str | None = None,
    outcome: str | None = None,
    after: str | None = None,
    limit: int = USUAL,
) -> Page[GateRun]:
    """The newest first. `result` is left empty here; `get` has it."""
    query = select(GateRunRow).order_by(GateRunRow.id.desc())
    if contract is not None:
        query = query.where(GateRunRow.contract == contract)
    if outcome is not None:
        if outcome not in list(Outcome):
            raise Invalid(
                "invalid-outcome", f"{outcome[:40]!r} is no outcome.", f"Known are {', '.join(Outcome)}."
            )
        query = query.where(GateRunRow.outcome == outcome)
    if key := read_cursor(after, int):
        query = query.where(GateRunRow.id < key[0])
    limit = bounded(limit)
    rows = context.session.scalars(query.limit(limit + 1)).all()
    page = tuple(_run(row, with_result=False) for row in rows[:limit])
    return Page(page, cursor(page[-1].id) if len(rows) > limit else None)


def _run(row: GateRunRow, *, with_result: bool = True) -> GateRun:
    return GateRun(
        row.id,
        row.contract,
        row.version,
        row.digest,
        row.profile,
        row.source,
        Outcome(row.outcome),
        tuple(row.checks),
        row.base,
        row.actor,
        row.created_at,
        row.result if with_result else {},
    )
