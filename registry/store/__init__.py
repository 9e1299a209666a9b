"""The registry's database: typed tables, the engine for SQLite and PostgreSQL, search, migrations."""

from .engine import connect
from .migrate import downgrade, migrate

__all__ = ["connect", "downgrade", "migrate"]
