"""A document that uses every field of its line."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from contracts.pointers import Path

from .grammar import Grammar, read

_BINDINGS: dict[str, tuple[str | int, ...]] = {
    "server": ("servers", "production"),
    "channel": ("channels", "orders"),
    "operation": ("operations", "tell"),
    "message": ("channels", "orders", "messages", "accepted"),
}
"""Where the sample of AsyncAPI 3 leaves room for bindings."""


def sample(line: str) -> dict[str, Any]:
    """The richest document of a line: of OpenAPI 3.0 and 3.1, what they know of 3.2."""
    name, version = line.split()
    document: dict[str, Any] = deepcopy(read(f"samples/{name}-{version[0]}.yaml"))
    if line == "asyncapi 3.1":
        for place, path in _BINDINGS.items():
            at(document, path)["bindings"] = deepcopy(read("samples/bindings.yaml")[place])
    if name == "openapi" and version in ("3.0", "3.1"):
        document["openapi"] = f"{version}.0"
        _leave_out(document, Grammar("openapi 3.2"), Grammar(line))
    return document


def at(document: Any, path: Path) -> Any:
    """What stands at a path."""
    for step in path:
        document = document[step]
    return document


def _leave_out(document: Any, rich: Grammar, poor: Grammar) -> None:
    """Takes out what the poorer line does not know."""
    known = poor.fields()
    unknown = [use.path for use in rich.uses(document) if (use.object, use.field) not in known]
    for path in sorted(unknown, key=len, reverse=True):
        del at(document, path[:-1])[path[-1]]
    schemes: dict[str, Any] = document["components"]["securitySchemes"]
    document["components"]["securitySchemes"] = {name: one for name, one in schemes.items() if one}
