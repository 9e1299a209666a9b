"""Tables: observation batches, calls by the hour, violations, calls of what is in no contract, uses of what is."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Identity, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base, Data, Key


class BatchRow(Base):
    __tablename__ = "observation_batch"
    id: Mapped[str] = mapped_column(String(100), primary_key=True)
    gateway: Mapped[str] = mapped_column(String(100))
    environment: Mapped[str] = mapped_column(String(100))
    received_at: Mapped[datetime] = mapped_column(index=True)


class CallsRow(Base):
    """Calls in one hour. Operation and consumer are empty where unknown: NULLs would never be equal."""

    __tablename__ = "calls"
    __table_args__ = (
        UniqueConstraint(
            "contract",
            "version",
            "environment",
            "hour",
            "operation",
            "consumer_id",
            "outcome",
            name="uq_calls",
        ),
        Index("ix_calls_consumer_id", "consumer_id", "hour"),
        Index("ix_calls_hour", "hour"),
    )
    id: Mapped[int] = mapped_column(Key, Identity(), primary_key=True)
    contract: Mapped[str] = mapped_column(String(201))
    version: Mapped[str] = mapped_column(String(100))
    environment: Mapped[str] = mapped_column(String(100))
    hour: Mapped[datetime]
    operation: Mapped[str] = mapped_column(String(1000), default="")
    consumer_id: Mapped[str] = mapped_column(String(20), default="")
    outcome: Mapped[str] = mapped_column(String(20))
    count: Mapped[int] = mapped_column(BigInteger)
    first_at: Mapped[datetime]
    last_at: Mapped[datetime]


class ViolationRow(Base):
    __tablename__ = "violation"
    __table_args__ = (
        UniqueConstraint("environment", "fingerprint"),
        Index("ix_violation_contract", "contract", "last_at", "id"),
        Index("ix_violation_state", "state", "last_at", "id"),
        Index("ix_violation_last_at", "last_at", "id"),
    )
    id: Mapped[int] = mapped_column(Key, Identity(), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(200))
    environment: Mapped[str] = mapped_column(String(100))
    contract: Mapped[str] = mapped_column(String(201))
    version: Mapped[str] = mapped_column(String(100))
    operation: Mapped[str | None] = mapped_column(String(1000))
    consumer_id: Mapped[str | None] = mapped_column(String(20))
    direction: Mapped[str] = mapped_column(String(10))
    location: Mapped[str] = mapped_column(String(20))
    pointer: Mapped[str] = mapped_column(Text)
    schema_pointer: Mapped[str] = mapped_column(Text)
    code: Mapped[str] = mapped_column(String(100))
    message: Mapped[str] = mapped_column(Text)
    count: Mapped[int] = mapped_column(BigInteger)
    first_at: Mapped[datetime]
    last_at: Mapped[datetime]
    sample: Mapped[dict[str, Any] | None] = mapped_column(Data)
    state: Mapped[str] = mapped_column(String(20))
    acknowledged_by: Mapped[str | None] = mapped_column(String(320))
    acknowledged_at: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(Text, default="")
    trace_id: Mapped[str | None] = mapped_column(String(32))


class ShadowRow(Base):
    """Calls of a path that no contract has. Contract, method, path and consumer are empty where unknown or too many."""

    __tablename__ = "shadow"
    __table_args__ = (
        UniqueConstraint("environment", "fingerprint"),
        Index("ix_shadow_contract", "contract", "last_at", "id"),
        Index("ix_shadow_last_at", "last_at", "id"),
    )
    id: Mapped[int] = mapped_column(Key, Identity(), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(64))
    environment: Mapped[str] = mapped_column(String(100))
    contract: Mapped[str] = mapped_column(String(201))
    method: Mapped[str] = mapped_column(String(20))
    path: Mapped[str] = mapped_column(String(1000))
    consumer_id: Mapped[str] = mapped_column(String(20))
    passed: Mapped[bool]
    status: Mapped[int]
    count: Mapped[int] = mapped_column(BigInteger)
    first_at: Mapped[datetime]
    last_at: Mapped[datetime]


class UseRow(Base):
    """A place, a declared value or a status that calls of an operation used. `fingerprint` is of all that names it."""

    __tablename__ = "contract_use"
    __table_args__ = (
        UniqueConstraint("environment", "fingerprint"),
        Index("ix_contract_use_contract", "contract", "version"),
        Index("ix_contract_use_last_at", "declared", "last_at"),
    )
    id: Mapped[int] = mapped_column(Key, Identity(), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(64))
    environment: Mapped[str] = mapped_column(String(100))
    contract: Mapped[str] = mapped_column(String(201))
    version: Mapped[str] = mapped_column(String(100))
    operation: Mapped[str] = mapped_column(String(1000))
    part: Mapped[str] = mapped_column(String(40))
    pointer: Mapped[str] = mapped_column(String(1000))
    value: Mapped[str | None] = mapped_column(String(200))
    declared: Mapped[bool]
    first_at: Mapped[datetime]
    last_at: Mapped[datetime]
