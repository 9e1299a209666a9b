"""Request bodies and the media types of any body."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from contracts.model import MediaType, Operation
from contracts.schemas import Direction
from linters.diff import pairing
from linters.diff.transitions import SchemaPair, Slot, Transition, Walk
from linters.diff.variance import Flow, of_call

from . import encodings, extensions
from .lifecycle import stability_of


def request(base: Operation, revision: Operation) -> Walk:
    """Transitions of the request body."""
    flow = of_call(base.kind, "request")
    old, new = base.body, revision.body
    path = "request body"

    def moved(element: str, action: str, **data: Any) -> Transition:
        places = (old.origin if old else None, new.origin if new else None)
        return Transition(
            element,
            action,
            base.key,
            *places,
            "the request body",
            path,
            "request",
            "request-body",
            flow,
            data,
        )

    if old is None or new is None:
        if new is not None:
            yield moved("request-body", "added-required" if new.required else "added-optional")
        elif old is not None:
            yield moved("request-body", "removed")
        return
    if old.required != new.required:
        yield moved("request-body", "became-required" if new.required else "became-optional")
    both, removed, added = pairing.names(_by_type(old.content), _by_type(new.content))
    for name in removed:
        yield moved("request-media-type", "removed", before=name)
    for name in added:
        yield moved("request-media-type", "added", after=name)
    for name in both:
        pair = _by_type(old.content)[name], _by_type(new.content)[name]
        slot = Slot(
            "request", "request-body", "request-property", flow, Direction.REQUEST, base.key,
            f"the request body ({name})", f"request body {name}", stability_of(base), media_type=name,
        )  # fmt: skip
        yield from media(slot, base, *pair)
    yield from extensions.walk(
        "the request body", base.key, (old.origin, new.origin), old.raw, new.raw, path=path
    )


def media(slot: Slot, operation: Operation, old: MediaType, new: MediaType) -> Walk:
    """One media type on both sides: its schema, the schema of its items, and how forms are written."""
    yield SchemaPair(slot, old.schema, new.schema, old.origin, new.origin)
    if old.item_schema is not None or new.item_schema is not None:
        yield SchemaPair(slot, old.item_schema, new.item_schema, old.origin, new.origin)
    yield from encodings.walk(slot, operation, old, new)
    yield from extensions.walk(
        slot.what, slot.operation, (old.origin, new.origin), old.raw, new.raw, path=slot.path
    )


def _by_type(content: Mapping[str, MediaType]) -> dict[str, MediaType]:
    """Media types by name, in lower case and without spaces, as RFC 9110, 8.3.1 compares them."""
    return {name.lower().replace(" ", ""): one for name, one in content.items()}


def flow_of(operation: Operation, part: Any) -> Flow:
    return of_call(operation.kind, part)


normalised = _by_type
