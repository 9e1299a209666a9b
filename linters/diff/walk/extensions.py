"""Extensions (`x-…`) that no other check understands: told, whatever they may ask of whom."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from linters.diff import extended
from linters.diff.transitions import Places, Transition, Walk


def walk(
    what: str,
    operation: str | None,
    places: Places,
    base: Mapping[str, Any],
    revision: Mapping[str, Any],
    *,
    path: str = "",
) -> Walk:
    """What differs in the extensions of two objects, as they are written."""
    for name in extended.changed(base, revision):
        data = {"name": name, "before": base.get(name), "after": revision.get(name)}
        yield Transition(
            "extension", extended.action(base, revision, name), operation, *places, what, path, data=data
        )
