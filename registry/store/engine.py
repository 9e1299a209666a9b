"""The database engine: SQLite as the embedded default, PostgreSQL as the server."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from registry.domain.errors import Invalid

WRITING = "lading_writing"
"""Execution option of transactions that mean to write."""
_BUSY_MILLISECONDS = 15_000


def connect(url: str) -> Engine:
    """An engine for a SQLAlchemy URL. Raises `Invalid` for anything but SQLite and PostgreSQL.

    `postgresql://…` is taken as psycopg 3.
    """
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise Invalid("database-url", "The database's address is no SQLAlchemy URL.", _URLS) from None
    backend = parsed.get_backend_name()
    if backend == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
        return create_engine(parsed, pool_pre_ping=True, pool_size=10, max_overflow=20)
    if backend != "sqlite":
        raise Invalid("database-url", f"{backend} is no database that Lading runs on.", _URLS)
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        parsed, pool_size=10, max_overflow=20, connect_args={"timeout": _BUSY_MILLISECONDS / 1000}
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


_URLS = "Use sqlite:///path/to/lading.db or postgresql+psycopg://user@host/name."


def _prepare(connection: sqlite3.Connection, _record: Any) -> None:
    # The driver's own idea of transactions would commit before DDL and begin too late; `_begin` does it.
    connection.isolation_level = None
    for pragma in (
        "journal_mode = WAL",
        "synchronous = NORMAL",
        "foreign_keys = ON",
        f"busy_timeout = {_BUSY_MILLISECONDS}",
        "cache_size = -65536",
        "temp_store = MEMORY",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    # A transaction that reads first and writes later can fail at once when another wrote in between, whatever
    # the busy timeout; one that takes the lock at its beginning waits for its turn.
    writing = connection.get_execution_options().get(WRITING)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
