"""What gateways saw beside the contracts, and what of them was used; bounded, whatever strangers call."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import func, select

from registry.domain.traffic import Batch, ShadowReport, UseReport
from registry.store.tables import ShadowRow, UseRow

from .texts import clean
from .unit import Context
from .upserting import chunks, extreme, insert

MOST_SHADOWS = 500
"""Paths of one contract (or of none) that are told apart in an environment; the rest are counted together."""
MOST_USES = 20_000
"""Uses of one version that are kept in an environment; more are not."""
_KEY = ["environment", "fingerprint"]


def ingest(context: Context, batch: Batch) -> None:
    """Adds what a batch saw."""
    environment = clean(batch.environment, 100)
    _add_shadows(context, environment, batch.shadows)
    _add_uses(context, environment, batch.uses)


def _add_shadows(context: Context, environment: str, reports: Sequence[ShadowReport]) -> None:
    groups: defaultdict[str, list[ShadowReport]] = defaultdict(list)
    for report in reports:
        groups[report.contract or ""].append(report)
    rows: dict[str, dict[str, Any]] = {}
    for contract, held in groups.items():
        known = _known(
            context, ShadowRow, environment, [_shadow(environment, one)["fingerprint"] for one in held]
        )
        room = MOST_SHADOWS - _count(context, ShadowRow, environment, contract=contract) if held else 0
        for report in held:
            row = _shadow(environment, report)
            if row["fingerprint"] not in known and row["fingerprint"] not in rows:
                if room <= 0:
                    row = _shadow(environment, replace(report, method="", path="", consumer=None))
                room -= 1
            _merge(rows, row)
    for chunk in chunks([rows[key] for key in sorted(rows)]):
        statement = insert(context, ShadowRow).values(list(chunk))
        new = statement.excluded
        context.session.execute(
            statement.on_conflict_do_update(
                index_elements=_KEY,
                set_={
                    "count": ShadowRow.count + new.count,
                    "status": new.status,
                    "first_at": extreme(context, "least", ShadowRow.first_at, new.first_at),
                    "last_at": extreme(context, "greatest", ShadowRow.last_at, new.last_at),
                },
            )
        )


def _shadow(environment: str, report: ShadowReport) -> dict[str, Any]:
    row: dict[str, Any] = {
        "environment": environment,
        "contract": clean(report.contract or "", 201),
        "method": clean(report.method, 20),
        "path": clean(report.path, 1000),
        "consumer_id": clean(report.consumer or "", 20),
        "passed": report.passed,
    }
    return {
        **row,
        "fingerprint": _fingerprint(row),
        "status": report.status,
        "count": report.count,
        "first_at": report.first_at,
        "last_at": report.last_at,
    }


def _add_uses(context: Context, environment: str, reports: Sequence[UseReport]) -> None:
    groups: defaultdict[tuple[str, str], dict[str, dict[str, Any]]] = defaultdict(dict)
    for report in reports:
        row = _use(environment, report)
        _merge(groups[row["contract"], row["version"]], row)
    rows: list[dict[str, Any]] = []
    for (contract, version), held in groups.items():
        known = _known(context, UseRow, environment, list(held))
        room = MOST_USES - _count(context, UseRow, environment, contract=contract, version=version)
        for fingerprint, row in held.items():
            if fingerprint in known or room > 0:
                rows.append(row)
            room -= fingerprint not in known
    for chunk in chunks(sorted(rows, key=lambda row: str(row["fingerprint"]))):
        statement = insert(context, UseRow).values(list(chunk))
        new = statement.excluded
        context.session.execute(
            statement.on_conflict_do_update(
                index_elements=_KEY,
                set_={
                    "first_at": extreme(context, "least", UseRow.first_at, new.first_at),
                    "last_at": extreme(context, "greatest", UseRow.last_at, new.last_at),
                },
            )
        )


def _use(environment: str, report: UseReport) -> dict[str, Any]:
    row: dict[str, Any] = {
        "environment": environment,
        "contract": clean(report.contract, 201),
        "version": clean(report.version, 100),
        "operation": clean(report.operation, 1000),
        "part": clean(report.part, 40),
        "pointer": clean(report.pointer, 1000),
        "value": None if report.value is None else clean(report.value, 200),
        "declared": report.declared,
    }
    return {
        **row,
        "fingerprint": _fingerprint(row),
        "first_at": report.first_at,
        "last_at": report.last_at,
    }


def _fingerprint(row: Mapping[str, Any]) -> str:
    text = "\0".join("\1" if value is None else str(value) for value in row.values())
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def _merge(rows: dict[str, dict[str, Any]], row: dict[str, Any]) -> None:
    known = rows.setdefault(row["fingerprint"], row)
    if known is not row:
        if "count" in row:
            known["count"] += row["count"]
        known["first_at"] = min(known["first_at"], row["first_at"])
        known["last_at"] = max(known["last_at"], row["last_at"])


def _known(
    context: Context, table: type[ShadowRow] | type[UseRow], environment: str, fingerprints: Sequence[str]
) -> set[str]:
    """Which of these are there already."""
    found: set[str] = set()
    for start in range(0, len(fingerprints), 500):
        some = fingerprints[start : start + 500]
        found.update(
            context.session.scalars(
                select(table.fingerprint).where(table.environment == environment, table.fingerprint.in_(some))
            )
        )
    return found


def _count(context: Context, table: type[ShadowRow] | type[UseRow], environment: str, **of: str) -> int:
    query = select(func.count()).select_from(table).where(table.environment == environment)
    for name, value in of.items():
        query = query.where(getattr(table, name) == value)
    return context.session.scalar(query) or 0
