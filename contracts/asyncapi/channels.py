"""Channels of AsyncAPI 2.x and 3.x and their parameters."""

from __future__ import annotations

from collections.abc import Mapping

from contracts.elements.common import Schema
from contracts.elements.events import Channel, ChannelParameter, Message
from contracts.references import Located
from contracts.tolerant import origin

from .context import Context, referenced_name
from .messages import message


def channel_of_2(context: Context, key: str, node: Located, messages: Mapping[str, Message]) -> Channel:
    """A Channel Item Object; its key is its address."""
    reader = context.reader
    return Channel(
        key,
        key,
        {name: _parameter_of_2(context, name, held) for name, held in reader.mappings(node, "parameters")},
        messages,
        reader.texts(node, "servers"),
        context.bindings(_field(node, "bindings")),
        reader.text(node, "description"),
        origin(node),
        node.value,
        deprecated=reader.flag(node, "deprecated"),
    )


def channel_of_3(context: Context, key: str, node: Located) -> Channel:
    """A Channel Object."""
    reader = context.reader
    return Channel(
        key,
        reader.optional_text(node, "address"),
        {name: _parameter_of_3(context, name, held) for name, held in reader.mappings(node, "parameters")},
        {name: message(context, name, held) for name, held in reader.mappings(node, "messages")},
        tuple(name for item in reader.items(node, "servers") if (name := referenced_name(reader, item))),
        context.bindings(_field(node, "bindings")),
        reader.text(node, "description"),
        origin(node),
        node.value,
        reader.text(node, "title"),
    )


def _field(node: Located, key: str) -> Located | None:
    return node.child(key) if node.value.get(key) is not None else None


def _parameter_of_2(context: Context, name: str, node: Located) -> ChannelParameter:
    reader = context.reader
    return ChannelParameter(
        name,
        reader.text(node, "description"),
        reader.optional_text(node, "location"),
        context.schema(_field(node, "schema")),
        origin(node),
        node.value,
    )


def _parameter_of_3(context: Context, name: str, node: Located) -> ChannelParameter:
    """Parameters are text in 3.x (3.0.0, "Parameter Object")."""
    reader = context.reader
    kept = {
        key: node.value[key] for key in ("enum", "default", "examples") if node.value.get(key) is not None
    }
    return ChannelParameter(
        name,
        reader.text(node, "description"),
        reader.optional_text(node, "location"),
        Schema({"type": "string", **kept}, origin(node), "asyncapi"),
        origin(node),
        node.value,
    )
