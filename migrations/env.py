"""How Alembic runs: on a connection that is handed in, or on LADING_DATABASE_URL from its command line."""

from __future__ import annotations

import os
from typing import Any

from alembic import context

from migrations.scope import belongs
from registry.store import connect
from registry.store.engine import WRITING
from registry.store.tables import metadata


def run(connection: Any) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        include_object=belongs,
        compare_type=True,
        render_as_batch=connection.dialect.name == "sqlite",
        transaction_per_migration=False,
    )
    with context.begin_transaction():
        context.run_migrations()


handed_in = context.config.attributes.get("connection")
if handed_in is not None:
    run(handed_in)
else:
    engine = connect(os.environ["LADING_DATABASE_URL"])
    with engine.connect().execution_options(**{WRITING: True}) as own, own.begin():
        run(own)
