"""Waivers: findings and changes that may pass for a time."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "waiver",
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.Column("contract", sa.String(length=201), nullable=False),
        sa.Column("rule", sa.String(length=200), nullable=True),
        sa.Column("change", sa.String(length=32), nullable=True),
        sa.Column("pointer", sa.Text(), nullable=True),
        sa.Column("fingerprint", sa.String(length=32), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("requested_by", sa.String(length=320), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.String(length=320), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("unused_in", sa.String(length=100), nullable=True),
        sa.CheckConstraint(
            "state IN ('requested', 'granted', 'refused', 'withdrawn')", name=op.f("ck_waiver_state")
        ),
        sa.CheckConstraint("(rule IS NULL) <> (change IS NULL)", name=op.f("ck_waiver_subject")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiver")),
    )
    op.create_index("ix_waiver_contract", "waiver", ["contract", "id"], unique=False)
    op.create_index("ix_waiver_state", "waiver", ["state", "id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_waiver_state", table_name="waiver")
    op.drop_index("ix_waiver_contract", table_name="waiver")
    op.drop_table("waiver")
