"""Security schemes, one module a type: `TYPE` as OpenAPI writes it, and `check`."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from functools import cache
from typing import TypeAlias

from contracts.model import SecurityScheme
from gateway.callers.outcomes import Call, Outcome

Check: TypeAlias = Callable[[SecurityScheme, tuple[str, ...], Call], Outcome]


@cache
def kinds() -> dict[str, Check]:
    """The checks by the type of scheme. Raises `ValueError` where two modules claim one type."""
    found: dict[str, Check] = {}
    for info in pkgutil.iter_modules(__path__):
        module = importlib.import_module(f"{__name__}.{info.name}")
        if module.TYPE in found:
            raise ValueError(f"two modules check security schemes of the type {module.TYPE}")
        found[module.TYPE] = module.check
    return found
