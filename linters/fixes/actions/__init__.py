"""The actions that recipes ask for: one file each, found by its name, with its `ACTION`."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module

from linters.fixes.action import Action


@cache
def names() -> tuple[str, ...]:
    """The names of the actions, sorted."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(__path__)))


@cache
def find(name: str) -> Action:
    """The action of this name, which must exist."""
    found = import_module(f"{__name__}.{name}").ACTION
    assert isinstance(found, Action), f"{name}.py has no ACTION"
    return found
