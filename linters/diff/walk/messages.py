"""Messages of event operations, replies and channels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from contracts.model import Message
from linters.diff import pairing
from linters.diff.transitions import SchemaPair, Slot, Transition, Walk
from linters.diff.variance import Flow

from . import bindings, extensions


@dataclass(frozen=True, slots=True)
class Carrier:
    """What carries the messages: the side they are on, which way they flow, its key, and how people call it."""

    side: str
    flow: Flow
    key: str
    where: str
    keyed: bool = True
    """Whether keys of messages mean the same on both sides: not across major versions of AsyncAPI."""


def walk(of: Carrier, base: Iterable[Message], revision: Iterable[Message]) -> Walk:
    """Transitions of messages, paired by key, name or title."""
    found = pairing.messages(base, revision)
    for one in found.removed:
        yield _moved(of, "removed", one, None, name=of.where, before=label_of(one))
    for one in found.added:
        yield _moved(of, "added", None, one, name=of.where, after=label_of(one))
    for old, new in found.both:
        yield from _facts(of, old, new)
        yield from _data(of, old, new)


def _extended(written: Any) -> Mapping[str, Any]:
    """A correlation id, or a schema behind its format, whose extensions are not the schema's."""
    held = isinstance(written, Mapping) and ("location" in written or "schemaFormat" in written)
    return written if held else {}


def label_of(message: Message) -> str:
    """What a message is called in sentences."""
    return message.name or message.key


def _moved(of: Carrier, action: str, old: Message | None, new: Message | None, **data: Any) -> Transition:
    label = label_of(new or old) if (new or old) else ""  # type: ignore[arg-type]  # one of the two is there
    return Transition(
        "message", action, of.key, old.origin if old else None, new.origin if new else None,
        f"the message `{label}`", f"message {label}", of.side, f"{of.side}-message", of.flow, data,
    )  # fmt: skip


def _facts(of: Carrier, old: Message, new: Message) -> Walk:
    """What a message says of itself besides its schemas."""
    label = label_of(new)
    if label_of(old) != label:
        yield _moved(of, "renamed", old, new, name=of.where, before=label_of(old), after=label)
    elif of.keyed and old.key != new.key:
        yield _moved(of, "key-changed", old, new, name=label, before=old.key, after=new.key)
    types = old.content_type, new.content_type
    if (types[0] or "").lower() != (types[1] or "").lower():
        yield _moved(of, "content-type-changed", old, new, name=label, before=types[0], after=types[1])
    ids = old.correlation_id, new.correlation_id
    if ids[0] != ids[1]:
        action = "added" if ids[0] is None else "removed" if ids[1] is None else "changed"
        yield _moved(of, f"correlation-id-{action}", old, new, name=label, before=ids[0], after=ids[1])
    if new.deprecated != old.deprecated:
        yield _moved(of, "deprecated" if new.deprecated else "reactivated", old, new, name=label)


def _data(of: Carrier, old: Message, new: Message) -> Walk:
    label, places = label_of(new), (old.origin, new.origin)
    carried = bindings.Carried(of.side, of.flow)
    yield from bindings.walk("message", of.key, places, old.bindings, new.bindings, carried)
    what, path = f"the message `{label}`", f"message {label}"
    yield from extensions.walk(what, of.key, places, old.extensions, new.extensions, path=path)
    for field in ("correlationId", "payload"):
        sides = _extended(old.raw.get(field)), _extended(new.raw.get(field))
        yield from extensions.walk(f"{field} of {what}", of.key, places, *sides, path=path)
    for part in ("payload", "headers"):
        root = f"{of.side}-{part}"
        slot = Slot(
            of.side, root, f"{root}-property", of.flow, None, of.key,
            f"the {part} of {what}", f"{path} {part}", media_type=(new.content_type or "").lower(),
        )  # fmt: skip
        yield SchemaPair(slot, getattr(old, part), getattr(new, part), old.origin, new.origin)
