"""Messages of AsyncAPI 2.x and 3.x."""

from __future__ import annotations

from collections.abc import Iterator

from contracts.elements.events import Message
from contracts.references import Located
from contracts.tolerant import extensions, origin

from .context import Context
from .traits import applied


def message(context: Context, key: str, node: Located) -> Message:
    """One Message Object, traits applied; `node` is where it is written."""
    reader = context.reader
    fields = applied(reader, node, own_wins=context.is_3)
    merged = Located({name: field.value for name, field in fields.items()}, node.source, node.path)
    correlation = reader.mapping(merged, "correlationId")
    return Message(
        key,
        reader.optional_text(merged, "name"),
        reader.text(merged, "title"),
        reader.text(merged, "summary"),
        reader.optional_text(merged, "contentType") or context.default_content_type,
        context.schema(fields.get("headers")),
        context.schema(fields.get("payload"), merged.value.get("schemaFormat")),
        reader.optional_text(correlation, "location") if correlation is not None else None,
        context.bindings(fields.get("bindings")),
        context.tags(fields.get("tags")),
        reader.flag(merged, "deprecated"),
        tuple(item.value for item in reader.items(merged, "examples")),
        origin(node),
        node.value,
        reader.text(merged, "description"),
        extensions(merged),
    )


def messages_of_2(context: Context, operation: Located, verb: str) -> dict[str, Message]:
    """The messages of a 2.x operation by key: the name in the components, `messageId`, `name`, or the verb."""
    found: dict[str, Message] = {}
    for written in _alternatives(context, operation):
        node = context.reader.mapping(written)
        if node is None:
            continue
        key = _key_of_2(context, written, node) or verb
        unique, number = key, 2
        while unique in found:
            unique, number = f"{key}-{number}", number + 1
        found[unique] = message(context, unique, node)
    return found


def _alternatives(context: Context, operation: Located) -> Iterator[Located]:
    if not isinstance(operation.value, dict) or operation.value.get("message") is None:
        return
    held = operation.child("message")
    target = context.reader.mapping(held)
    if target is not None and "oneOf" in target.value:
        yield from context.reader.items(target, "oneOf")
    elif target is not None:
        yield held


def _key_of_2(context: Context, written: Located, node: Located) -> str | None:
    if node.path[-3:-1] == ("components", "messages"):
        return str(node.path[-1])
    stated = applied(context.reader, node, own_wins=False)
    for field in ("messageId", "name"):
        if field in stated and isinstance(stated[field].value, str) and stated[field].value:
            return str(stated[field].value)
    reference = written.value.get("$ref")
    return reference.rpartition("/")[2] if isinstance(reference, str) else None
