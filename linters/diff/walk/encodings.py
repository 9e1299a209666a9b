"""How the parts of a form or a multipart body are written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from contracts.elements.http import Encoding
from contracts.model import MediaType, Operation, Schema
from linters.diff.transitions import Slot, Transition, Walk

from . import extensions, headers

PLAIN = Encoding(None, {}, None, None, False)
"""What holds where nothing is stated."""
_WRITTEN = ("content_type", "style", "explode", "allow_reserved")


def walk(slot: Slot, operation: Operation, old: MediaType, new: MediaType) -> Walk:
    """Transitions of the encodings of one media type, by property, then by position."""
    base, revision = dict(old.encoding), dict(new.encoding)
    for name in {*base, *revision}:
        before, after = _property(old.schema, name), _property(new.schema, name)
        if (before is None) != (after is None):
            base.pop(name, None)  # it is told with the property that comes or goes
            revision.pop(name, None)
        elif _is_scalar(before) and _is_scalar(after):
            for side in (base, revision):
                side[name] = replace(
                    side.get(name, PLAIN), style=None, explode=None
                )  # written the same in all
    yield from _all(_At(slot, operation, old, new), base, revision, "the property ")
    yield from _all(_At(slot, operation, old, new), old.positions, new.positions, "the part ")


def _property(schema: Schema | None, name: str) -> Any:
    """What a form says about one of its properties: None where it does not declare it, True where nobody can tell."""
    value = schema.value if schema is not None else None
    if not isinstance(value, dict) or "properties" not in value:
        return True
    return value["properties"].get(name) if isinstance(value["properties"], dict) else True


def _is_scalar(schema: Any) -> bool:
    """Whether its values are certainly neither lists nor objects."""
    if not isinstance(schema, dict):
        return False
    members = schema.get("anyOf") or schema.get("oneOf")
    if isinstance(members, list):
        return all(map(_is_scalar, members))
    return schema.get("type") in ("string", "integer", "number", "boolean")


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
