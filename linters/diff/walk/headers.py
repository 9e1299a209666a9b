"""Headers of responses and of the parts of a body."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from contracts.elements.http import Header
from contracts.model import Operation
from linters.diff.transitions import Places, Transition, Walk
from linters.diff.variance import Flow

from . import extensions, parameters


@dataclass(frozen=True, slots=True)
class Holder:
    """What the headers belong to: `element` names their checks, `what` and `path` the holder itself."""

    element: str
    side: str
    flow: Flow
    what: str
    path: str
    places: Places


def walk(
    operation: Operation, of: Holder, base: Mapping[str, Header], revision: Mapping[str, Header]
) -> Walk:
    """Transitions of headers by name, in whatever case it is written."""
    before = {name.lower(): one for name, one in base.items()}
    after = {name.lower(): one for name, one in revision.items()}
    for name in dict.fromkeys((*before, *after)):
        old, new = before.get(name), after.get(name)
        if old is not None and new is not None:
            yield from _both(operation, of, old, new)
        elif new is not None:
            yield _moved(operation, of, _came(of, new), None, new)
        elif old is not None:
            yield _moved(operation, of, "removed-required" if old.required else "removed-optional", old, None)


def _came(of: Holder, new: Header) -> str:
    if of.element == "response-header":
        return "added"
    return "added-required" if new.required else "added-optional"


def _both(operation: Operation, of: Holder, old: Header, new: Header) -> Walk:
    if old.required != new.required:
        yield _moved(operation, of, "became-required" if new.required else "became-optional", old, new)
    if old.deprecated != new.deprecated:
        yield _moved(operation, of, "deprecated" if new.deprecated else "reactivated", old, new)
    written = [f"{one.style}{', exploded' if one.explode else ''}" for one in (old, new)]
    if written[0] != written[1] and not all(map(parameters.is_scalar, (old.schema, new.schema))):
        yield _moved(operation, of, "serialised", old, new, before=written[0], after=written[1])
    what, path = _named(of, new)
    yield from parameters.values(operation, old, new, of.side, what, path, of.flow)
    yield from extensions.walk(what, operation.key, (old.origin, new.origin), old.raw, new.raw, path=path)


def _moved(
    operation: Operation, of: Holder, action: str, old: Header | None, new: Header | None, **data: Any
) -> Transition:
    shown = new or old
    assert shown is not None  # one of the two is there: its name came from them
    what, path = _named(of, shown)
    places = (old.origin if old else None, new.origin if new else None)
    return Transition(
        of.element, action, operation.key, *places, what, path, of.side, f"{of.side}-header", of.flow,
        {"name": shown.name, **data},
    )  # fmt: skip


def _named(of: Holder, one: Header) -> tuple[str, str]:
    return f"the header `{one.name}` of {of.what}", f"{of.path} header {one.name}"
