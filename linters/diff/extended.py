"""Which extensions (`x-…`) differ between two objects. What they ask of whom nobody can know."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .notice import SUNSET

UNDERSTOOD = frozenset((SUNSET, "x-lifecycle", "x-stability-level", "x-extensible-enum", "x-nullable"))
"""Extensions that checks of their own look at; `x-lifecycle` is a matter of the gate."""


def changed(base: Mapping[str, Any], revision: Mapping[str, Any]) -> list[str]:
    """The names of extensions that are not the same on both sides, in the order of the documents."""
    names = [name for name in base if _is_other(name)]
    names += [name for name in revision if _is_other(name) and name not in base]
    return [name for name in names if base.get(name) != revision.get(name)]


def _is_other(name: Any) -> bool:
    return isinstance(name, str) and name.startswith("x-") and name not in UNDERSTOOD


def action(base: Mapping[str, Any], revision: Mapping[str, Any], name: str) -> str:
    """Whether a name came, went, or stands for something else."""
    return "added" if name not in base else "removed" if name not in revision else "changed"
