"""How the parts of a form or a multipart body are written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from contracts.elements.http import Encoding
from contracts.model import MediaType, Operation
from linters.diff.transitions import Slot, Transition, Walk

from . import extensions, headers

PLAIN = Encoding(None, {}, None, None, False)
"""What holds where nothing is stated."""
_WRITTEN = ("content_type", "style", "explode", "allow_reserved")


def walk(slot: Slot, operation: Operation, old: MediaType, new: MediaType) -> Walk:
    """Transitions of the encodings of one media type, by property, then by position."""
    yield from _all(_At(slot, operation, old, new), old.encoding, new.encoding, "the property ")
    yield from _all(_At(slot, operation, old, new), old.positions, new.positions, "the part ")


class _At:
    """Where encodings stand."""

    def __init__(self, slot: Slot, operation: Operation, old: MediaType, new: MediaType) -> None:
        self.slot, self.operation, self.places = slot, operation, (old.origin, new.origin)

    def holder(self, what: str, path: str) -> headers.Holder:
        slot = self.slot
        return headers.Holder(
            "part-header", slot.side, slot.flow, f"{what} of {slot.what}", f"{slot.path}: {path}", self.places
        )

    def moved(self, what: str, path: str, **data: Any) -> Transition:
        slot = self.slot
        return Transition(
            "encoding", "changed", slot.operation, *self.places, f"{what} of {slot.what}",
            f"{slot.path}: {path}", slot.side, slot.root, slot.flow, data,
        )  # fmt: skip


def _all(
    at: _At, base: Mapping[str, Encoding], revision: Mapping[str, Encoding], kind: str, above: str = ""
) -> Walk:
    for name in sorted(set(base) | set(revision)):
        old, new = base.get(name, PLAIN), revision.get(name, PLAIN)
        what, path = f"{kind}`{name}`", above + name
        before, after = _shown(old), _shown(new)
        if before != after:
            yield at.moved(what, path, before=before, after=after)
        yield from extensions.walk(
            f"{what} of {at.slot.what}", at.slot.operation, at.places, old.extensions, new.extensions,
            path=f"{at.slot.path}: {path}",
        )  # fmt: skip
        yield from headers.walk(at.operation, at.holder(what, path), old.headers, new.headers)
        yield from _all(at, old.parts, new.parts, f"{what}: the part ", f"{path}/")


def _shown(one: Encoding) -> str:
    stated = {name: getattr(one, name) for name in _WRITTEN}
    return (
        ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in stated.items() if value)
        or "as usual"
    )
