"""Channels and operations of AsyncAPI 2.x."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from contracts.elements.events import Channel, EventOperation, Message
from contracts.references import Located
from contracts.tolerant import extensions, origin

from .channels import channel_of_2
from .context import Context
from .messages import messages_of_2
from .traits import with_traits

_ACTIONS: tuple[tuple[str, Literal["send", "receive"]], ...] = (("publish", "receive"), ("subscribe", "send"))
"""What others do to the application, and what that makes the application do."""


@dataclass(frozen=True, slots=True)
class _Stated:
    action: Literal["send", "receive"]
    written: Located
    merged: Located
    messages: dict[str, Message]


def channel_item(context: Context, key: str, node: Located) -> tuple[Channel, list[EventOperation]]:
    """One channel and its operations."""
    reader = context.reader
    stated = []
    for verb, action in _ACTIONS:
        held = reader.mapping(node, verb)
        if held is not None:
            merged = with_traits(reader, held, own_wins=False)
            stated.append(_Stated(action, held, merged, messages_of_2(context, held, verb)))
    messages: dict[str, Message] = {}
    for one in stated:
        for name, message in one.messages.items():
            known = messages.get(name)
            free = name if known is None or known.origin == message.origin else f"{name}-{one.action}"
            messages[free] = message
    channel = channel_of_2(context, key, node, messages)
    return channel, [_operation(context, channel, one) for one in stated]


def _operation(context: Context, channel: Channel, one: _Stated) -> EventOperation:
    reader, merged = context.reader, one.merged
    return EventOperation(
        f"{one.action} {channel.key}",
        one.action,
        channel,
        tuple(one.messages.values()),
        None,
        context.bindings(merged.child("bindings") if merged.value.get("bindings") is not None else None),
        context.security(merged),
        reader.text(merged, "summary"),
        reader.text(merged, "description"),
        context.tags(merged.child("tags") if merged.value.get("tags") is not None else None),
        reader.flag(merged, "deprecated"),
        origin(one.written),
        one.written.value,
        operation_id=reader.optional_text(merged, "operationId"),
        extensions=extensions(merged),
    )
