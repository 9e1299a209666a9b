"""Where a contract is served: addresses, what they leave open, and how a connection is made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from contracts.model import Server
from linters.diff import pairing
from linters.diff.transitions import Transition, Walk
from linters.diff.variance import Flow

from . import bindings, extensions, security


def walk(
    base: tuple[Server, ...],
    revision: tuple[Server, ...],
    operation: str | None = None,
    renamed: Mapping[str, str] | None = None,
) -> Walk:
    """Transitions of the servers of a contract, or of those of one operation. Servers are paired by address."""
    found = pairing.by(lambda one: one.url, base, revision)
    for one in found.removed:
        yield Transition("server", "removed", operation, one.origin, None, data={"before": one.url})
    for one in found.added:
        yield Transition("server", "added", operation, None, one.origin, data={"after": one.url})
    for old, new in found.both:
        yield from _server(old, new, operation, renamed or {})


def _server(old: Server, new: Server, operation: str | None, renamed: Mapping[str, str]) -> Walk:
    places = (old.origin, new.origin)
    versions = [one.raw.get("protocolVersion") for one in (old, new)]
    if versions[0] != versions[1]:
        data = {"name": new.url, "before": versions[0], "after": versions[1]}
        yield Transition("server", "protocol-version-changed", operation, *places, data=data)
    for name in dict.fromkeys((*old.variables, *new.variables)):
        yield from _variable(name, old, new, operation)
    asked = security.Asked("server-security", operation, places)
    yield from security.demands(asked, old.security, new.security, renamed)
    yield from bindings.walk(
        "server", operation, places, old.bindings, new.bindings, bindings.Carried("server", Flow.IN)
    )
    yield from extensions.walk(f"the server {new.url}", operation, places, old.raw, new.raw)


def _variable(name: str, old: Server, new: Server, operation: str | None) -> Walk:
    """A variable of an address. One that comes or goes changes the address, and is told with it."""
    before, after = _mapping(old.variables.get(name)), _mapping(new.variables.get(name))

    def moved(action: str, **data: Any) -> Transition:
        return Transition(
            "server-variable", action, operation, old.origin, new.origin, data={"name": name, **data}
        )

    if before.get("default") != after.get("default"):
        yield moved("default-changed", before=before.get("default"), after=after.get("default"))
    values, others = before.get("enum"), after.get("enum")
    if isinstance(values, list) and isinstance(others, list):
        for value in values:
            if value not in others:
                yield moved("value-removed", value=value)
        for value in others:
            if value not in values:
                yield moved("value-added", value=value)
    elif values != others:
        yield moved("limited" if others is not None else "freed", before=values, after=others)
    what = f"the variable {name} of the server {new.url}"
    yield from extensions.walk(what, operation, (old.origin, new.origin), before, after)


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
