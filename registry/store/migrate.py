"""Brings a database to the newest schema, from inside the program: the migrations travel in the wheel."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine

import migrations

from .engine import WRITING


def migrate(engine: Engine, revision: str = "head") -> None:
    """Upgrades the schema; a no-op where it is current. All of it, or nothing: one transaction."""
    with engine.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
        command.upgrade(_configuration(connection), revision)


def downgrade(engine: Engine, revision: str = "base") -> None:
    """Takes the schema back. What the newer schema held beyond the older one is gone then."""
    with engine.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
        command.downgrade(_configuration(connection), revision)


def configuration() -> Config:
    """Alembic's configuration, for its command line and for tests."""
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent).replace("%", "%%"))
    return config


def _configuration(connection: object) -> Config:
    config = configuration()
    config.attributes["connection"] = connection
    return config
