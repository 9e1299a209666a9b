"""The examples of messages: payload and headers of each."""

from __future__ import annotations

from collections.abc import Iterator

from contracts.elements.common import Origin, Schema
from contracts.elements.events import EventApi, Message

from .shown import Shown


def of_events(api: EventApi) -> Iterator[Shown]:
    """Every message example, judged whole: what an event carries has no direction of its own."""
    for message in _messages(api):
        listed = message.raw.get("examples")
        for index, example in enumerate(listed if isinstance(listed, list) else ()):
            for key, schema in (("payload", message.payload), ("headers", message.headers)):
                if schema is not None and isinstance(example, dict) and key in example:
                    place = (*message.origin.path, "examples", index, key)
                    yield Shown(example[key], Origin(message.origin.source, place), schema, None)


def schemas_of_events(api: EventApi) -> Iterator[Schema]:
    """Every schema that messages state."""
    for message in _messages(api):
        yield from (schema for schema in (message.payload, message.headers) if schema is not None)


def _messages(api: EventApi) -> Iterator[Message]:
    for channel in api.channels.values():
        yield from channel.messages.values()
