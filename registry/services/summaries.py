"""Rows of versions as the values that lists and pages show."""

from __future__ import annotations

from collections.abc import Mapping

from registry.domain.contracts import Kind, State, Version, VersionSummary
from registry.store.tables import ContractRow, LintReportRow, VersionRow


def summary(row: VersionRow, contract: str, lint: LintReportRow | None) -> VersionSummary:
    return VersionSummary(
        row.id,
        contract,
        row.version,
        State(row.state),
        row.specification,
        row.digest,
        row.operations,
        row.published_at,
        row.published_by,
        row.deprecated_at,
        row.sunset_at,
        row.replacement,
        lint.errors if lint else None,
        lint.warnings if lint else None,
    )


def version(row: VersionRow, contract: ContractRow, files: Mapping[str, str]) -> Version:
    return Version(
        row.id,
        contract.identity,
        Kind(contract.kind),
        row.version,
        row.major,
        State(row.state),
        row.root,
        files,
        row.digest,
        row.specification,
        row.title,
        row.description,
        row.operations,
        row.created_at,
        row.created_by,
        row.published_at,
        row.published_by,
        row.deprecated_at,
        row.sunset_at,
        row.retired_at,
        row.replacement,
    )
