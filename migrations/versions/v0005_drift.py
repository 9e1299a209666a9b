"""Calls of what is in no contract, uses of what is, and the trace that a violation was seen in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("violation", sa.Column("trace_id", sa.String(length=32), nullable=True))
    op.create_table(
        "shadow",
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("environment", sa.String(length=100), nullable=False),
        sa.Column("contract", sa.String(length=201), nullable=False),
        sa.Column("method", sa.String(length=20), nullable=False),
        sa.Column("path", sa.String(length=1000), nullable=False),
        sa.Column("consumer_id", sa.String(length=20), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shadow")),
        sa.UniqueConstraint("environment", "fingerprint", name=op.f("uq_shadow_environment_fingerprint")),
    )
    op.create_index("ix_shadow_contract", "shadow", ["contract", "last_at", "id"])
    op.create_index("ix_shadow_last_at", "shadow", ["last_at", "id"])
    op.create_table(
        "contract_use",
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("environment", sa.String(length=100), nullable=False),
        sa.Column("contract", sa.String(length=201), nullable=False),
        sa.Column("version", sa.String(length=100), nullable=False),
        sa.Column("operation", sa.String(length=1000), nullable=False),
        sa.Column("part", sa.String(length=40), nullable=False),
        sa.Column("pointer", sa.String(length=1000), nullable=False),
        sa.Column("value", sa.String(length=200), nullable=True),
        sa.Column("declared", sa.Boolean(), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_use")),
        sa.UniqueConstraint("environment", "fingerprint", name=op.f("uq_contract_use_environment_fingerprint")),
    )
    op.create_index("ix_contract_use_contract", "contract_use", ["contract", "version"])


def downgrade() -> None:
    op.drop_table("contract_use")
    op.drop_table("shadow")
    op.drop_column("violation", "trace_id")
