"""Responses: status codes, headers, media types, links."""

from __future__ import annotations

from typing import Any

from contracts.model import Operation, Response
from contracts.schemas import Direction
from linters.diff import pairing
from linters.diff.transitions import Slot, Transition, Walk
from linters.diff.variance import of_call

from . import bodies, extensions, headers, links
from .lifecycle import stability_of


def walk(base: Operation, revision: Operation) -> Walk:
    """Transitions of everything that an operation may answer."""
    flow = of_call(base.kind, "response")
    both, removed, added = pairing.names(base.responses, revision.responses)
    for status in removed:
        element = "success-status" if is_success(status) else "other-status"
        one = base.responses[status]
        yield Transition(
            element, "removed", base.key, one.origin, revision.origin, f"the response {status}", f"response {status}",
            "response", "response-body", flow, {"before": status},
        )  # fmt: skip
    for status in added:
        element = "success-status" if is_success(status) else "other-status"
        one = revision.responses[status]
        yield Transition(
            element, "added", base.key, base.origin, one.origin, f"the response {status}", f"response {status}",
            "response", "response-body", flow, {"after": status},
        )  # fmt: skip
    for status in both:
        yield from _response(base, base.responses[status], revision.responses[status])


def is_success(status: str) -> bool:
    return status[:1] == "2"


def _response(operation: Operation, old: Response, new: Response) -> Walk:
    flow = of_call(operation.kind, "response")
    status = new.status

    def moved(element: str, action: str, what: str, path: str, **data: Any) -> Transition:
        return Transition(
            element, action, operation.key, old.origin, new.origin, what, path,
            "response", "response-body", flow, {"name": status, **data},
        )  # fmt: skip

    before, after = bodies.normalised(old.content), bodies.normalised(new.content)
    pairs, removed, added = pairing.media_types(before, after)
    for name in removed:
        action = "removed" if before[name].schema is not None else "removed-untyped"
        yield moved(
            "response-media-type", action, f"the response {status}", f"response {status}", before=name
        )
    for name in added:
        yield moved(
            "response-media-type", "added", f"the response {status}", f"response {status}", after=name
        )
    for name, renamed in pairs:
        if name != renamed:
            action = _renamed(name, renamed)
            data = {"before": name, "after": renamed}
            yield moved("response-media-type", action, f"the response {status}", f"response {status}", **data)
        slot = Slot(
            "response", "response-body", "response-property", flow, Direction.RESPONSE, operation.key,
            f"the response {status} ({renamed})", f"response {status} {renamed}", stability_of(operation),
            media_type=renamed,
        )  # fmt: skip
        yield from bodies.media(slot, operation, before[name], after[renamed])
    what, path, places = f"the response {status}", f"response {status}", (old.origin, new.origin)
    holder = headers.Holder("response-header", "response", flow, what, path, places)
    yield from headers.walk(operation, holder, old.headers, new.headers)
    yield from links.walk(operation, what, path, old, new)
    yield from extensions.walk(what, operation.key, places, old.raw, new.raw, path=path)


def _renamed(base: str, revision: str) -> str:
    """What a media type became that is one with the former, but for parameters, or a kind of it."""
    if ";" in base or ";" in revision:
        return "name-changed"
    return "name-specialized" if pairing.is_kind_of(revision, base) else "name-generalized"
