"""Ages by which what gateways saw is removed are found without looking at all of it."""

from __future__ import annotations

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_calls_hour", "calls", ["hour"])
    op.create_index("ix_contract_use_last_at", "contract_use", ["declared", "last_at"])


def downgrade() -> None:
    op.drop_index("ix_contract_use_last_at", "contract_use")
    op.drop_index("ix_calls_hour", "calls")
