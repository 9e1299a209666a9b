"""An AsyncAPI document as a whole."""

from __future__ import annotations

from contracts.elements.common import Server, Tag
from contracts.elements.events import Channel, EventApi, EventOperation
from contracts.kinds import Specification
from contracts.openapi.security import scheme
from contracts.references import DocumentSet, Located
from contracts.tolerant import Reader, extensions, origin

from .channels import channel_of_3
from .context import Context
from .operations_of_2 import channel_item
from .operations_of_3 import Operations


def build_events(documents: DocumentSet, specification: Specification) -> EventApi:
    """The model of an AsyncAPI document of any line."""
    reader = Reader(documents)
    top = documents.top
    context = Context(reader, specification.line, reader.optional_text(top, "defaultContentType"))
    info = reader.mapping(top, "info")
    channels, operations = _of_3(context, top) if context.is_3 else _of_2(context, top)
    components = reader.mapping(top, "components")
    return EventApi(
        specification,
        reader.text(info, "title"),
        reader.text(info, "version"),
        reader.text(info, "description"),
        tuple(_server(context, name, held) for name, held in reader.mappings(top, "servers")),
        channels,
        tuple(operations),
        {name: scheme(reader, name, held) for name, held in reader.mappings(components, "securitySchemes")},
        tuple(
            Tag(reader.text(tag, "name"), reader.text(tag, "description"), origin(tag), tag.value)
            for tag in reader.item_mappings(info if context.is_3 else top, "tags")
        ),
        extensions(top),
        documents,
        tuple(reader.problems),
        context.default_content_type,
    )


def _of_2(context: Context, top: Located) -> tuple[dict[str, Channel], list[EventOperation]]:
    channels: dict[str, Channel] = {}
    operations: list[EventOperation] = []
    for key, held in context.reader.mappings(top, "channels"):
        channels[key], stated = channel_item(context, key, held)
        operations += stated
    return channels, operations


def _of_3(context: Context, top: Located) -> tuple[dict[str, Channel], list[EventOperation]]:
    reader = context.reader
    channels = {key: channel_of_3(context, key, held) for key, held in reader.mappings(top, "channels")}
    builder = Operations(context, channels)
    built = (builder.build(key, held) for key, held in reader.mappings(top, "operations"))
    return channels, [one for one in built if one is not None]


def _server(context: Context, name: str, node: Located) -> Server:
    """A Server Object: `url` in 2.x, `host` and `pathname` in 3.x; the protocol stands in for the scheme."""
    reader = context.reader
    protocol = reader.text(node, "protocol")
    url = reader.text(node, "url") or reader.text(node, "host") + reader.text(node, "pathname")
    if "://" not in url and protocol:
        url = f"{protocol}://{url}"
    variables = {key: one.value for key, one in reader.mappings(node, "variables")}
    bindings = context.bindings(node.child("bindings") if node.value.get("bindings") is not None else None)
    return Server(
        url, variables, reader.text(node, "description"), origin(node), name, protocol, node.value,
        bindings, context.security(node),
    )  # fmt: skip
