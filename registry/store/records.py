"""Tables: the audit chain, and the bundle that each environment has."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Identity, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base, Data, Key


class AuditRow(Base):
    """`previous` is unique, so that the chain cannot fork."""

    __tablename__ = "audit"
    __table_args__ = (Index("ix_audit_subject", "subject", "id"),)
    id: Mapped[int] = mapped_column(Key, Identity(), primary_key=True)
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(320))
    action: Mapped[str] = mapped_column(String(100))
    subject: Mapped[str] = mapped_column(String(500))
    details: Mapped[dict[str, Any]] = mapped_column(Data)
    previous: Mapped[str] = mapped_column(String(71), unique=True)
    hash: Mapped[str] = mapped_column(String(71))


class HeadRow(Base):
    """One row that writers lock before they write: the audit's last hash, and a count of bundle-relevant writes."""

    __tablename__ = "head"
    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    value: Mapped[str] = mapped_column(String(71))


class BundleRow(Base):
    """`revision` is the value of the `bundles` head that the bundle was compiled from."""

    __tablename__ = "bundle"
    environment: Mapped[str] = mapped_column(ForeignKey("environment.name"), primary_key=True)
    serial: Mapped[int]
    id: Mapped[str] = mapped_column(String(71))
    revision: Mapped[int]
    manifest: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
