"""Tables: teams, domains, systems, environments, plans, consumers, subscriptions, credentials, deployments."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Identity, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from registry.domain.parties import SystemKind

from .base import Base, Data, Key


class TeamRow(Base):
    __tablename__ = "team"
    name: Mapped[str] = mapped_column(String(100), primary_key=True)
    title: Mapped[str] = mapped_column(String(300))
    email: Mapped[str | None] = mapped_column(String(320))
    description: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]


class DomainRow(Base):
    __tablename__ = "domain"
    name: Mapped[str] = mapped_column(String(100), primary_key=True)
    title: Mapped[str] = mapped_column(String(300))
    description: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]


class SystemRow(Base):
    __tablename__ = "system"
    __table_args__ = (
        CheckConstraint("kind IN (" + ", ".join(f"'{kind}'" for kind in SystemKind) + ")", name="kind"),
    )
    name: Mapped[str] = mapped_column(String(100), primary_key=True)
    title: Mapped[str] = mapped_column(String(300))
    kind: Mapped[str] = mapped_column(String(20))
    owner: Mapped[str | None] = mapped_column(ForeignKey("team.name"))
    description: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]


class EnvironmentRow(Base):
    __tablename__ = "environment"
    name: Mapped[str] = mapped_column(String(100), primary_key=True)
    title: Mapped[str] = mapped_column(String(300))


class PlanRow(Base):
    __tablename__ = "plan"
    __table_args__ = (
        CheckConstraint('"limit" > 0', name="limit"),
        CheckConstraint('"window" > 0', name="window"),
        CheckConstraint("burst > 0", name="burst"),
    )
    name: Mapped[str] = mapped_column(String(100), primary_key=True)
    limit: Mapped[int] = mapped_column("limit")
    window: Mapped[int] = mapped_column("window")
    burst: Mapped[int]
    quota: Mapped[dict[str, Any] | None] = mapped_column(Data)


class ConsumerRow(Base):
    __tablename__ = "consumer"
    id: Mapped[str] = mapped_column(String(20), primary_key=True)
    name: Mapped[str] = mapped_column(String(100), unique=True)
    title: Mapped[str] = mapped_column(String(300))
    owner: Mapped[str | None] = mapped_column(ForeignKey("team.name"))
    contact: Mapped[str | None] = mapped_column(String(320))
    description: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]


class SubscriptionRow(Base):
    __tablename__ = "subscription"
    __table_args__ = (UniqueConstraint("consumer_id", "contract_id", "major"),)
    id: Mapped[int] = mapped_column(Key, Identity(), primary_key=True)
    consumer_id: Mapped[str] = mapped_column(ForeignKey("consumer.id"))
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"), index=True)
    major: Mapped[int]
    plan: Mapped[str] = mapped_column(ForeignKey("plan.name"))
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    extended_until: Mapped[datetime | None]
    pin: Mapped[str | None] = mapped_column(String(100))


class CredentialRow(Base):
    __tablename__ = "credential"
    id: Mapped[str] = mapped_column(String(20), primary_key=True)
    consumer_id: Mapped[str] = mapped_column(ForeignKey("consumer.id"), index=True)
    label: Mapped[str] = mapped_column(String(300), default="")
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    created_by: Mapped[str] = mapped_column(String(320))
    expires_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class DeploymentRow(Base):
    __tablename__ = "deployment"
    __table_args__ = (
        UniqueConstraint("contract_id", "major", "environment"),
        UniqueConstraint("environment", "base_path"),
    )
    id: Mapped[int] = mapped_column(Key, Identity(), primary_key=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"))
    major: Mapped[int]
    environment: Mapped[str] = mapped_column(ForeignKey("environment.name"))
    base_path: Mapped[str] = mapped_column(String(300))
    upstreams: Mapped[list[str]] = mapped_column(Data)
    upstream_path: Mapped[str] = mapped_column(String(300), default="")
    modes: Mapped[dict[str, Any]] = mapped_column(Data)
    operations: Mapped[dict[str, Any]] = mapped_column(Data)
    access: Mapped[str] = mapped_column(String(10))
    unknown_query: Mapped[str] = mapped_column(String(10))
    security: Mapped[str] = mapped_column(String(10), default="ignore", server_default="ignore")
    brownouts: Mapped[list[dict[str, Any]]] = mapped_column(Data, default=list, server_default="[]")
    versions: Mapped[dict[str, Any]] = mapped_column(Data, default=dict, server_default="{}")
    treatment: Mapped[dict[str, Any]] = mapped_column(Data, default=dict, server_default="{}")
    updated_at: Mapped[datetime]
