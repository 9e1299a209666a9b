"""Tables: lint reports, diff reports, gate runs."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Identity, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from registry.domain.reports import Outcome

from .base import Base, Data, Key


class LintReportRow(Base):
    __tablename__ = "lint_report"
    __table_args__ = (UniqueConstraint("version_id"),)
    id: Mapped[int] = mapped_column(Key, Identity(), primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"))
    ruleset: Mapped[str] = mapped_column(String(300))
    errors: Mapped[int]
    warnings: Mapped[int]
    infos: Mapped[int]
    hints: Mapped[int]
    findings: Mapped[list[Any]] = mapped_column(Data, deferred=True)
    created_at: Mapped[datetime]


class DiffReportRow(Base):
    __tablename__ = "diff_report"
    __table_args__ = (
        UniqueConstraint("base_id", "revision_id"),
        Index("ix_diff_report_contract_id", "contract_id", "id"),
        Index("ix_diff_report_revision_id", "revision_id"),
    )
    id: Mapped[int] = mapped_column(Key, Identity(), primary_key=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"))
    base_id: Mapped[int] = mapped_column(ForeignKey("version.id"))
    revision_id: Mapped[int] = mapped_column(ForeignKey("version.id"))
    verdict: Mapped[str] = mapped_column(String(20))
    breaking: Mapped[int]
    safe: Mapped[int]
    unknown: Mapped[int]
    changes: Mapped[list[Any]] = mapped_column(Data)
    created_at: Mapped[datetime]


class GateRunRow(Base):
    """`contract` is text: a candidate may be judged before its contract exists."""

    __tablename__ = "gate_run"
    __table_args__ = (
        Index("ix_gate_run_contract", "contract", "id"),
        Index("ix_gate_run_outcome", "outcome", "id"),
        CheckConstraint("outcome IN (" + ", ".join(f"'{o}'" for o in Outcome) + ")", name="outcome"),
    )
    id: Mapped[int] = mapped_column(Key, Identity(), primary_key=True)
    contract: Mapped[str] = mapped_column(String(201))
    version: Mapped[str] = mapped_column(String(100))
    digest: Mapped[str] = mapped_column(String(71))
    profile: Mapped[str] = mapped_column(String(100))
    source: Mapped[str] = mapped_column(String(20))
    outcome: Mapped[str] = mapped_column(String(20))
    checks: Mapped[list[Any]] = mapped_column(Data)
    base: Mapped[str | None] = mapped_column(String(100))
    actor: Mapped[str] = mapped_column(String(320))
    created_at: Mapped[datetime]
    result: Mapped[dict[str, Any]] = mapped_column(Data, deferred=True)
