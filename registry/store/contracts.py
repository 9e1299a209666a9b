"""Tables: contracts, versions, their files and contents, and what the search finds."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Identity,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from registry.domain.contracts import Kind, State

from .base import Base, Key


class ContractRow(Base):
    __tablename__ = "contract"
    __table_args__ = (
        UniqueConstraint("domain", "name"),
        CheckConstraint("kind IN (" + ", ".join(f"'{kind}'" for kind in Kind) + ")", name="kind"),
    )
    id: Mapped[int] = mapped_column(Key, Identity(), primary_key=True)
    domain: Mapped[str] = mapped_column(ForeignKey("domain.name"))
    name: Mapped[str] = mapped_column(String(100))
    kind: Mapped[str] = mapped_column(String(10))
    title: Mapped[str] = mapped_column(String(300))
    description: Mapped[str] = mapped_column(Text, default="")
    owner: Mapped[str] = mapped_column(ForeignKey("team.name"), index=True)
    system: Mapped[str | None] = mapped_column(ForeignKey("system.name"), index=True)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    versions: Mapped[int] = mapped_column(default=0)

    @property
    def identity(self) -> str:
        return f"{self.domain}/{self.name}"


class ContentRow(Base):
    __tablename__ = "content"
    digest: Mapped[str] = mapped_column(String(71), primary_key=True)
    data: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    size: Mapped[int]
    created_at: Mapped[datetime]


class VersionRow(Base):
    """At most one version of a contract is the latest: the highest that is published or deprecated."""

    __tablename__ = "version"
    __table_args__ = (
        UniqueConstraint("contract_id", "version"),
        Index("ix_version_contract_id_position", "contract_id", "position"),
        Index(
            "uq_version_latest",
            "contract_id",
            unique=True,
            sqlite_where=text("is_latest"),
            postgresql_where=text("is_latest"),
        ),
        Index("ix_version_sunset_at", "sunset_at"),
        CheckConstraint("state IN (" + ", ".join(f"'{state}'" for state in State) + ")", name="state"),
    )
    id: Mapped[int] = mapped_column(Key, Identity(), primary_key=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"))
    version: Mapped[str] = mapped_column(String(100))
    scheme: Mapped[str] = mapped_column(String(10))
    position: Mapped[bytes] = mapped_column(LargeBinary)
    major: Mapped[int]
    state: Mapped[str] = mapped_column(String(20))
    is_latest: Mapped[bool] = mapped_column(default=False)
    root: Mapped[str] = mapped_column(String(500))
    digest: Mapped[str] = mapped_column(String(71))
    specification: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(300))
    description: Mapped[str] = mapped_column(Text, default="")
    operations: Mapped[int]
    created_at: Mapped[datetime]
    created_by: Mapped[str] = mapped_column(String(320))
    published_at: Mapped[datetime | None]
    published_by: Mapped[str | None] = mapped_column(String(320))
    deprecated_at: Mapped[datetime | None]
    sunset_at: Mapped[datetime | None]
    retired_at: Mapped[datetime | None]
    replacement: Mapped[str | None] = mapped_column(String(320))


class VersionFileRow(Base):
    __tablename__ = "version_file"
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(500), primary_key=True)
    digest: Mapped[str] = mapped_column(ForeignKey("content.digest"), index=True)


class ElementRow(Base):
    """What can be found of a contract's latest version, written anew with each. `weight` orders kinds of hits.

    The words themselves stand in `search_index`, which each database has in its own form (see `search`).
    """

    __tablename__ = "element"
    __table_args__ = (Index("ix_element_contract_id_kind", "contract_id", "kind", "id"),)
    id: Mapped[int] = mapped_column(Key, Identity(), primary_key=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"))
    kind: Mapped[str] = mapped_column(String(20))
    key: Mapped[str] = mapped_column(String(1000))
    title: Mapped[str] = mapped_column(String(1000))
    deprecated: Mapped[bool] = mapped_column(default=False)
