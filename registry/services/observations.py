"""Taking in what gateways counted, once for each batch however often it is sent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update

from registry.domain.access import Scope
from registry.domain.traffic import Batch, CallReport, Receipt, ViolationReport
from registry.store.tables import BatchRow, CallsRow, CredentialRow, ViolationRow

from . import unknown
from .texts import clean, cleaned
from .unit import Context
from .upserting import chunks, extreme, insert

_CALLS_KEY = ["contract", "version", "environment", "hour", "operation", "consumer_id", "outcome"]


def ingest(context: Context, batch: Batch) -> Receipt:
    """Adds a batch to the counts; a repeated one is acknowledged and not counted again."""
    context.actor.require(Scope.OBSERVATIONS_WRITE)
    if not _first_time(context, batch):
        return Receipt(batch.id, True, 0, 0)
    calls = _calls(batch)
    _add_calls(context, calls)
    _add_violations(context, _violations(batch))
    _mark_keys(context, batch.calls)
    unknown.ingest(context, batch)
    return Receipt(
        batch.id, False, len(batch.calls), len(batch.violations), len(batch.shadows), len(batch.uses)
    )


def _first_time(context: Context, batch: Batch) -> bool:
    values = {
        "id": clean(batch.id, 100),
        "gateway": clean(batch.gateway, 100),
        "environment": clean(batch.environment, 100),
        "received_at": context.now,
    }
    statement = insert(context, BatchRow).values(values).on_conflict_do_nothing().returning(BatchRow.id)
    return context.session.scalar(statement) is not None


def _calls(batch: Batch) -> list[dict[str, Any]]:
    """One row for each key: a statement may not touch the same row twice. In key order, against deadlocks."""
    rows: dict[tuple[Any, ...], dict[str, Any]] = {}
    for call in batch.calls:
        row = {
            "contract": clean(call.contract, 201),
            "version": clean(call.version, 100),
            "environment": clean(batch.environment, 100),
            "hour": call.last_at.replace(minute=0, second=0, microsecond=0),
            "operation": clean(call.operation or "", 1000),
            "consumer_id": clean(call.consumer or "", 20),
            "outcome": call.outcome,
            "count": call.count,
            "first_at": call.first_at,
            "last_at": call.last_at,
        }
        key = tuple(row[name] for name in _CALLS_KEY)
        _merge(rows, key, row)
    return [rows[key] for key in sorted(rows)]


def _violations(batch: Batch) -> list[dict[str, Any]]:
    rows: dict[tuple[Any, ...], dict[str, Any]] = {}
    for report in batch.violations:
        row = _violation(report, batch.environment)
        _merge(rows, (row["fingerprint"],), row)
    return [rows[key] for key in sorted(rows)]


def _violation(report: ViolationReport, environment: str) -> dict[str, Any]:
    return {
        "fingerprint": clean(report.fingerprint, 200),
        "environment": clean(environment, 100),
        "contract": clean(report.contract, 201),
        "version": clean(report.version, 100),
        "operation": clean(report.operation, 1000) if report.operation else None,
        "consumer_id": clean(report.consumer, 20) if report.consumer else None,
        "direction": report.direction,
        "location": report.location,
        "pointer": clean(report.pointer, 2000),
        "schema_pointer": clean(report.schema_pointer, 2000),
        "code": clean(report.code, 100),
        "message": clean(report.message, 2000),
        "count": report.count,
        "first_at": report.first_at,
        "last_at": report.last_at,
        "sample": cleaned(report.sample),
        "state": "open",
        "note": "",
        "trace_id": clean(report.trace_id, 32) if report.trace_id else None,
    }


def _merge(rows: dict[tuple[Any, ...], dict[str, Any]], key: tuple[Any, ...], row: dict[str, Any]) -> None:
    known = rows.setdefault(key, row)
    if known is not row:
        known["count"] += row["count"]
        known["first_at"] = min(known["first_at"], row["first_at"])
        known["last_at"] = max(known["last_at"], row["last_at"])


def _add_calls(context: Context, rows: Sequence[dict[str, Any]]) -> None:
    for chunk in chunks(rows):
        statement = insert(context, CallsRow).values(list(chunk))
        new = statement.excluded
        context.session.execute(
            statement.on_conflict_do_update(
                index_elements=_CALLS_KEY,
                set_={
                    "count": CallsRow.count + new.count,
                    "first_at": extreme(context, "least", CallsRow.first_at, new.first_at),
                    "last_at": extreme(context, "greatest", CallsRow.last_at, new.last_at),
                },
            )
        )


def _add_violations(context: Context, rows: Sequence[dict[str, Any]]) -> None:
    for chunk in chunks(rows):
        statement = insert(context, ViolationRow).values(list(chunk))
        new = statement.excluded
        context.session.execute(
            statement.on_conflict_do_update(
                index_elements=["environment", "fingerprint"],
                set_={
                    "count": ViolationRow.count + new.count,
                    "first_at": extreme(context, "least", ViolationRow.first_at, new.first_at),
                    "last_at": extreme(context, "greatest", ViolationRow.last_at, new.last_at),
                    "message": new.message,
                    "version": new.version,
                    "consumer_id": new.consumer_id,
                    "sample": new.sample,
                    "trace_id": func.coalesce(new.trace_id, ViolationRow.trace_id),
                },
            )
        )


def _mark_keys(context: Context, calls: Iterable[CallReport]) -> None:
    """`last_used_at` of the keys that were named, and of the only key of consumers where none was."""
    named: dict[str, datetime] = {}
    unnamed: dict[str, datetime] = {}
    for call in calls:
        known, name = (named, call.key) if call.key else (unnamed, call.consumer)
        if name:
            known[name] = max(known.get(name, call.last_at), call.last_at)
    for key, at in (named | _only_keys(context, unnamed)).items():
        context.session.execute(
            update(CredentialRow)
            .where(
                CredentialRow.id == key,
                (CredentialRow.last_used_at.is_(None)) | (CredentialRow.last_used_at < at),
            )
            .values(last_used_at=at)
        )


def _only_keys(context: Context, consumers: dict[str, datetime]) -> dict[str, datetime]:
    if not consumers:
        return {}
    keys: defaultdict[str, list[str]] = defaultdict(list)
    rows = context.session.execute(
        select(CredentialRow.consumer_id, CredentialRow.id).where(
            CredentialRow.consumer_id.in_(consumers), CredentialRow.revoked_at.is_(None)
        )
    )
    for consumer, key in rows:
        keys[consumer].append(key)
    return {held[0]: consumers[consumer] for consumer, held in keys.items() if len(held) == 1}
