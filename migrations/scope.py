"""What Alembic looks after."""

from __future__ import annotations

from typing import Any

OWN = "search_index"
"""Tables of this prefix have another form on each database and stand outside the models."""


def belongs(_object: Any, name: str | None, kind: str, _reflected: bool, _compare_to: Any) -> bool:
    """Alembic's `include_object`."""
    return not (kind == "table" and name is not None and name.startswith(OWN))
