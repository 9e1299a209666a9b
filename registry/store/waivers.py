"""Table: waivers, each with who asked, who decided, and why."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Identity, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from registry.domain.waivers import WaiverState

from .base import Base, Key

STATES = tuple(state for state in WaiverState if state is not WaiverState.EXPIRED)
"""What is written. Whether a granted one has expired depends on the day."""


class WaiverRow(Base):
    """`contract` is text: a first version may need one before its contract exists."""

    __tablename__ = "waiver"
    __table_args__ = (
        Index("ix_waiver_contract", "contract", "id"),
        Index("ix_waiver_state", "state", "id"),
        CheckConstraint("state IN (" + ", ".join(f"'{state}'" for state in STATES) + ")", name="state"),
        CheckConstraint("(rule IS NULL) <> (change IS NULL)", name="subject"),
    )
    id: Mapped[int] = mapped_column(Key, Identity(), primary_key=True)
    contract: Mapped[str] = mapped_column(String(201))
    rule: Mapped[str | None] = mapped_column(String(200))
    change: Mapped[str | None] = mapped_column(String(32))
    pointer: Mapped[str | None] = mapped_column(Text)
    fingerprint: Mapped[str | None] = mapped_column(String(32))
    reason: Mapped[str] = mapped_column(Text)
    until: Mapped[date]
    state: Mapped[str] = mapped_column(String(20))
    requested_by: Mapped[str] = mapped_column(String(320))
    requested_at: Mapped[datetime]
    decided_by: Mapped[str | None] = mapped_column(String(320))
    decided_at: Mapped[datetime | None]
    decision: Mapped[str] = mapped_column(Text, default="")
    used_at: Mapped[datetime | None]
    unused_in: Mapped[str | None] = mapped_column(String(100))
