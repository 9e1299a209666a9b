"""What can be found of a contract: its operations, channels, messages and schemas as searchable elements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from contracts.model import Channel, EventApi, HttpApi, Message, Operation
from registry.domain.contracts import Element

from .texts import clean

_MOST = 5_000
_LONGEST_TEXT = 8_000
_DEEPEST = 12


def describe(api: HttpApi | EventApi) -> tuple[Element, ...]:
    """The elements in the contract's own order, at most 5,000 of them."""
    found = _http(api) if isinstance(api, HttpApi) else _events(api)
    result: dict[tuple[str, str], Element] = {}
    for element in found:
        if len(result) >= _MOST:
            break
        result.setdefault((element.kind, element.key), element)
    return tuple(result.values())


def _http(api: HttpApi) -> Iterator[Element]:
    for operation in (*api.operations, *api.webhooks):
        yield _operation(operation)
    root = api.documents.root.value
    components = _mapping(_mapping(root).get("components"))
    yield from _schemas(_mapping(root).get("definitions"))
    yield from _schemas(components.get("schemas"))
    yield from _other_files(api)


def _events(api: EventApi) -> Iterator[Element]:
    for channel in api.channels.values():
        yield _channel(channel)
    for operation in api.operations:
        title = operation.summary or operation.title or f"{operation.action} {operation.channel.key}"
        text = " ".join((operation.description, *operation.tags, operation.channel.address or ""))
        yield _element("operation", f"{operation.action} {operation.key}", title, text, operation.deprecated)
    for channel in api.channels.values():
        for message in channel.messages.values():
            yield _message(message)
    components = _mapping(_mapping(api.documents.root.value).get("components"))
    yield from _schemas(components.get("schemas"))
    yield from _other_files(api)


def _operation(operation: Operation) -> Element:
    title = operation.summary or operation.operation_id or operation.key
    text = [operation.operation_id or "", operation.description, *operation.tags]
    text += [parameter.name for parameter in operation.parameters]
    text += _properties(operation.raw)
    return _element("operation", operation.key, title, " ".join(map(str, text)), operation.deprecated)


def _channel(channel: Channel) -> Element:
    text = " ".join((channel.address or "", channel.description, *channel.parameters))
    return _element("channel", channel.key, channel.title or channel.address or channel.key, text, False)


def _message(message: Message) -> Element:
    text = [
        message.name or "",
        message.summary,
        message.description,
        *message.tags,
        *_properties(message.raw),
    ]
    return _element(
        "message",
        message.key,
        message.title or message.name or message.key,
        " ".join(map(str, text)),
        message.deprecated,
    )


def _schemas(schemas: Any) -> Iterator[Element]:
    for name, schema in _mapping(schemas).items():
        title = _mapping(schema).get("title")
        text = " ".join([_text(_mapping(schema).get("description")), *_properties(schema)])
        deprecated = _mapping(schema).get("deprecated") is True
        yield _element("schema", str(name), title if isinstance(title, str) else str(name), text, deprecated)


def _other_files(api: HttpApi | EventApi) -> Iterator[Element]:
    for name, document in api.documents.documents.items():
        if document is api.documents.root:
            continue
        text = " ".join([_text(_mapping(document.value).get("description")), *_properties(document.value)])
        title = _mapping(document.value).get("title")
        stem = name.rsplit("/", 1)[-1].split(".", 1)[0]
        yield _element("schema", name, title if isinstance(title, str) else stem, text, False)


def _properties(node: Any, depth: int = 0) -> list[str]:
    """The names and descriptions of all properties inside a node, references not followed."""
    if depth > _DEEPEST:
        return []
    found: list[str] = []
    if isinstance(node, Mapping):
        for name, schema in _mapping(node.get("properties")).items():
            found.append(str(name))
            found.append(_text(_mapping(schema).get("description")))
        for key, value in node.items():
            if key not in ("example", "examples", "default", "enum"):
                found += _properties(value, depth + 1)
    elif isinstance(node, list):
        for value in node:
            found += _properties(value, depth + 1)
    return found


def _element(kind: str, key: Any, title: Any, text: str, deprecated: bool) -> Element:
    return Element(
        kind,
        clean(str(key), 1000),
        clean(" ".join(str(title).split()), 300),
        clean(text, _LONGEST_TEXT),
        deprecated,
    )


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
