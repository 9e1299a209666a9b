"""How gateways treat the upstreams of a deployment."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("deployment", sa.Column("treatment", sa.JSON(), nullable=False, server_default="{}"))


def downgrade() -> None:
    op.drop_column("deployment", "treatment")
