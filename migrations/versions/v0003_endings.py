"""How credentials are checked, brownouts of a deployment, extensions of a subscription."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "deployment", sa.Column("security", sa.String(length=10), nullable=False, server_default="ignore")
    )
    op.add_column("deployment", sa.Column("brownouts", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("subscription", sa.Column("extended_until", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("subscription", "extended_until")
    op.drop_column("deployment", "brownouts")
    op.drop_column("deployment", "security")
