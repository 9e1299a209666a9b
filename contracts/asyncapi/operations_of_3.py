"""Operations and replies of AsyncAPI 3.x."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from contracts.elements.events import Channel, EventOperation, Message, Reply
from contracts.errors import UnresolvableReference
from contracts.references import Located
from contracts.tolerant import extensions, origin

from .channels import channel_of_3
from .context import Context
from .messages import message
from .traits import with_traits

_ACTIONS: dict[str, Literal["send", "receive"]] = {"send": "send", "receive": "receive"}


class Operations:
    """Builds operations on channels that are built already."""

    def __init__(self, context: Context, channels: Mapping[str, Channel]) -> None:
        self._context = context
        self._channels = channels
        self._by_origin = {channel.origin: channel for channel in reversed(list(channels.values()))}

    def build(self, key: str, node: Located) -> EventOperation | None:
        """One Operation Object; None, with a problem, without a channel or an action."""
        context, reader = self._context, self._context.reader
        merged = with_traits(reader, node, own_wins=True)
        channel = self._channel(node)
        action = _ACTIONS.get(reader.text(node, "action"))
        if channel is None or action is None:
            reader.problem(
                node,
                "operation-incomplete",
                f"The operation '{key}' lacks a channel, or an action that is 'send' or 'receive'.",
                "State both; the channel as a $ref to one of the contract's channels.",
            )
            return None
        return EventOperation(
            key,
            action,
            channel,
            self._messages(node, channel),
            self._reply(node),
            context.bindings(merged.child("bindings") if merged.value.get("bindings") is not None else None),
            context.security(merged),
            reader.text(merged, "summary"),
            reader.text(merged, "description"),
            context.tags(merged.child("tags") if merged.value.get("tags") is not None else None),
            reader.flag(merged, "deprecated"),
            origin(node),
            node.value,
            reader.text(merged, "title"),
            key,
            extensions(merged),
        )

    def _channel(self, node: Located) -> Channel | None:
        held = self._context.reader.mapping(node, "channel")
        if held is None:
            return None
        reference = node.value["channel"].get("$ref")
        hop = self._hop(reference, node.source) if isinstance(reference, str) else None
        in_root = hop is not None and hop.source == self._context.reader.documents.root.source
        if hop is not None and in_root and len(hop.path) == 2 and hop.path[0] == "channels":
            return self._channels.get(str(hop.path[1]))
        known = self._by_origin.get(origin(held))
        return known or channel_of_3(self._context, str(held.path[-1]) if held.path else "", held)

    def _messages(self, node: Located, channel: Channel | None) -> tuple[Message, ...]:
        """The messages that are named, or, where none are, all of the channel's."""
        if node.value.get("messages") is None:
            return tuple(channel.messages.values()) if channel is not None else ()
        found = (self._message(item, channel) for item in self._context.reader.items(node, "messages"))
        return tuple(one for one in found if one is not None)

    def _message(self, item: Located, channel: Channel | None) -> Message | None:
        held = self._context.reader.mapping(item)
        if held is None:
            return None
        reference = item.value.get("$ref")
        key = reference.rpartition("/")[2] if isinstance(reference, str) else str(held.path[-1])
        key = key.replace("~1", "/").replace("~0", "~")
        candidates = channel.messages if channel is not None else {}
        if key in candidates and candidates[key].origin == origin(held):
            return candidates[key]
        same = next((one for one in candidates.values() if one.origin == origin(held)), None)
        return same or message(self._context, key, held)

    def _reply(self, node: Located) -> Reply | None:
        reader = self._context.reader
        held = reader.mapping(node, "reply")
        if held is None:
            return None
        channel = self._channel(held)
        address = reader.mapping(held, "address")
        location = reader.optional_text(address, "location") if address is not None else None
        return Reply(
            location or (channel.address if channel is not None else None),
            channel,
            self._messages(held, channel),
            origin(held),
            held.value,
        )

    def _hop(self, reference: str, source: str) -> Located | None:
        try:
            return self._context.reader.documents.lookup(reference, source)
        except UnresolvableReference:
            return None
