"""The audit's report; a format is one module with `render`."""

from __future__ import annotations

import importlib
from importlib.resources import files
from typing import cast

from gateway.traffic.summary import Summary


def available() -> tuple[str, ...]:
    """The names of all formats."""
    names = (entry.name for entry in files(__name__).iterdir())
    return tuple(sorted(name[:-3] for name in names if name.endswith(".py") and name[0] != "_"))


def render(name: str, summary: Summary, source: str) -> str:
    """The report in one of the formats; `source` is the name of the recording. Raises `KeyError`."""
    if name not in available():
        raise KeyError(name)
    return cast(str, importlib.import_module(f"{__name__}.{name}").render(summary, source))
