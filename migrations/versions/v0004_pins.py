"""Consumers pinned to a version of a line, and upstreams of single versions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("subscription", sa.Column("pin", sa.String(length=100), nullable=True))
    op.add_column("deployment", sa.Column("versions", sa.JSON(), nullable=False, server_default="{}"))


def downgrade() -> None:
    op.drop_column("deployment", "versions")
    op.drop_column("subscription", "pin")
