"""Adding to counts in the database, on SQLite and on PostgreSQL alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import func
from sqlalchemy.dialects import postgresql, sqlite

from registry.store.base import Base

from .unit import Context

_CHUNK = 200  # rows in one statement; SQLite bounds the number of values


def chunks(rows: Sequence[dict[str, Any]]) -> Iterable[Sequence[dict[str, Any]]]:
    """As many rows at once as one statement may hold."""
    return (rows[start : start + _CHUNK] for start in range(0, len(rows), _CHUNK))


def insert(context: Context, table: type[Base]) -> Any:
    """The dialect's INSERT, which knows ON CONFLICT."""
    dialect = context.session.get_bind().dialect.name
    return (sqlite if dialect == "sqlite" else postgresql).insert(table)


def extreme(context: Context, which: str, left: Any, right: Any) -> Any:
    """`least` or `greatest` of two values."""
    if context.session.get_bind().dialect.name == "sqlite":
        which = {"least": "min", "greatest": "max"}[which]
    return getattr(func, which)(left, right)
