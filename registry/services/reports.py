"""Lint and diff reports: stored with the version that they speak of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased, undefer

from registry.domain.pages import USUAL, bounded
from registry.domain.reports import DiffReport, LintReport
from registry.store.tables import DiffReportRow, LintReportRow, VersionRow

from . import contracts, versions
from .texts import cleaned
from .unit import Context

MOST_FINDINGS = 5_000
_SEVERITIES = ("errors", "warnings", "infos", "hints")


def lint(context: Context, identity: str, number: str) -> LintReport | None:
    """The lint report of a version; None where it was never linted. Raises `NotFound` for no such version."""
    contract = contracts.find(context, identity)
    version = versions.row(context, contract, number)
    row = context.session.scalar(
        select(LintReportRow)
        .where(LintReportRow.version_id == version.id)
        .options(undefer(LintReportRow.findings))
    )
    return None if row is None else _lint(row)


def store_lint(
    context: Context, version_id: int, ruleset: str, findings: Sequence[Mapping[str, Any]]
) -> LintReport:
    """Replaces the lint report of a version. Errors come first; beyond 5,000 findings only the counts are kept."""
    counts = [sum(1 for finding in findings if finding["severity"] == level) for level in range(4)]
    ordered = sorted(findings, key=lambda finding: finding["severity"])[:MOST_FINDINGS]
    row = context.session.scalar(select(LintReportRow).where(LintReportRow.version_id == version_id))
    if row is None:
        row = LintReportRow(version_id=version_id)
        context.session.add(row)
    row.ruleset, row.findings, row.created_at = ruleset, cleaned(list(ordered)), context.now
    for name, count in zip(_SEVERITIES, counts, strict=True):
        setattr(row, name, count)
    context.session.flush()
    return _lint(row)


def diff(context: Context, identity: str, base: str, revision: str) -> DiffReport | None:
    """The stored comparison of two versions; None where they were not compared (`publishing.compare` does it)."""
    contract = contracts.find(context, identity)
    first, second = versions.row(context, contract, base), versions.row(context, contract, revision)
    row = context.session.scalar(
        select(DiffReportRow).where(DiffReportRow.base_id == first.id, DiffReportRow.revision_id == second.id)
    )
    return None if row is None else _diff(row, identity, first.version, second.version)


def diffs(context: Context, identity: str, *, limit: int = USUAL) -> tuple[DiffReport, ...]:
    """The newest comparisons of a contract's versions first: its changelog."""
    contract = contracts.find(context, identity)
    base, revision = aliased(VersionRow), aliased(VersionRow)
    rows = context.session.execute(
        select(DiffReportRow, base.version, revision.version)
        .join(base, base.id == DiffReportRow.base_id)
        .join(revision, revision.id == DiffReportRow.revision_id)
        .where(DiffReportRow.contract_id == contract.id)
        .order_by(DiffReportRow.id.desc())
        .limit(bounded(limit))
    )
    return tuple(_diff(row, identity, first, second) for row, first, second in rows)


def store_diff(
    context: Context, identity: str, base: str, revision: str, comparison: Mapping[str, Any]
) -> DiffReport:
    """Stores what `Comparison.as_dict` gave, once for each pair of versions."""
    contract = contracts.find(context, identity)
    first, second = versions.row(context, contract, base), versions.row(context, contract, revision)
    row = context.session.scalar(
        select(DiffReportRow).where(DiffReportRow.base_id == first.id, DiffReportRow.revision_id == second.id)
    )
    if row is None:
        row = DiffReportRow(contract_id=contract.id, base_id=first.id, revision_id=second.id)
        context.session.add(row)
    changes = list(comparison["changes"])
    for verdict in ("breaking", "safe", "unknown"):
        setattr(row, verdict, sum(1 for change in changes if change["verdict"] == verdict))
    row.verdict, row.created_at = comparison["verdict"], context.now
    row.changes = cleaned(changes[:MOST_FINDINGS])
    context.session.flush()
    return _diff(row, identity, first.version, second.version)


def _lint(row: LintReportRow) -> LintReport:
    return LintReport(
        row.id,
        row.version_id,
        row.ruleset,
        row.errors,
        row.warnings,
        row.infos,
        row.hints,
        tuple(row.findings),
        row.created_at,
    )


def _diff(row: DiffReportRow, identity: str, base: str, revision: str) -> DiffReport:
    return DiffReport(
        row.id,
        identity,
        base,
        revision,
        row.verdict,
        row.breaking,
        row.safe,
        row.unknown,
        tuple(row.changes),
        row.created_at,
    )
