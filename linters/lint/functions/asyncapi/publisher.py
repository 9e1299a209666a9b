"""`publisher`: what is published names its authoritative publisher (`stated`), and only one (`one`).

A function of Lading's; the target is the document, references resolved. `x-authoritative-publisher` stands at a
channel. An event is known by its CloudEvents type or its message's name, a channel by its address; where the set
holds further AsyncAPI documents, their channels count too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from contracts.errors import UnresolvableReference
from contracts.pointers import Path
from contracts.references import DocumentSet
from linters.lint.function import Check, Context, Function, Problem

FIELD = "x-authoritative-publisher"


@dataclass(frozen=True, slots=True)
class _Claim:
    """A channel that names its publisher, with what is published there."""

    publisher: str
    things: tuple[str, ...]
    where: str
    path: Path | None
    """Its place in the root document; None in another one."""


def _prepare(options: Mapping[str, Any]) -> Check:
    return _stated if options["check"] == "stated" else _one


def _stated(target: Any, _context: Context) -> Iterable[Problem]:
    sent = _sent(target)
    lacking = [
        (path, name) for path, name, channel in _channels(target) if name in sent and FIELD not in channel
    ]
    if len(lacking) > 1 and len(lacking) == len(sent):
        yield Problem(f"None of the {len(lacking)} channels says which system may publish there.", at=())
        return
    for path, name in lacking:
        yield Problem(f"The channel `{name}` does not say which system may publish there.", at=path)


def _one(target: Any, context: Context) -> Iterable[Problem]:
    first: dict[str, _Claim] = {}
    for claim in _claims(target, context.documents):
        for thing in claim.things:
            earlier = first.setdefault(thing, claim)
            if earlier.publisher != claim.publisher:
                message = (
                    f"{thing} is published by `{claim.publisher}` at {claim.where} "
                    f"and by `{earlier.publisher}` at {earlier.where}."
                )
                place = claim.path or earlier.path
                yield Problem(message, at=() if place is None else (*place, FIELD))
                break


def _claims(target: Any, documents: DocumentSet) -> Iterator[_Claim]:
    """Those of the root document first, then those of the others, references in them followed one by one."""
    root = documents.root.source
    for path, name, channel in _channels(target):
        if isinstance(channel.get(FIELD), str):
            messages = [value for _, value in _messages(channel)]
            yield _Claim(channel[FIELD], _things(name, channel, messages), f"`{name}`", path)
    for source, document in documents.documents.items():
        if source == root or not (isinstance(document.value, dict) and "asyncapi" in document.value):
            continue
        for _, name, channel in _channels(document.value):
            if isinstance(channel.get(FIELD), str):
                messages = [_followed(value, source, documents) for _, value in _messages(channel)]
                yield _Claim(channel[FIELD], _things(name, channel, messages), f"`{name}` in {source}", None)


def _followed(value: Any, source: str, documents: DocumentSet) -> Any:
    if not (isinstance(value, dict) and isinstance(value.get("$ref"), str)):
        return value
    try:
        return documents.resolve(value["$ref"], source).value
    except UnresolvableReference:
        return None


def _things(name: str, channel: Mapping[str, Any], messages: Iterable[Any]) -> tuple[str, ...]:
    """How messages say what is published: the address, and the type or name of each message."""
    address = channel.get("address", name)
    types = (_type_of(message) for message in messages)
    return (f"`{address}`", *dict.fromkeys(f"The event `{type_}`" for type_ in types if type_))


def _type_of(message: Any) -> str | None:
    """The CloudEvents type, else the name that has dots or capitals as event types do."""
    node = message
    for key in ("payload", "properties", "type", "const"):
        node = node.get(key) if isinstance(node, dict) else None
    if isinstance(node, str):
        return node
    name = message.get("name") if isinstance(message, dict) else None
    return name if isinstance(name, str) else None


def _channels(target: Any) -> Iterator[tuple[Path, str, dict[str, Any]]]:
    channels = target.get("channels") if isinstance(target, dict) else None
    for name, channel in channels.items() if isinstance(channels, dict) else ():
        if isinstance(channel, dict):
            yield ("channels", name), name, channel


def _messages(channel: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    messages = channel.get("messages")
    yield from messages.items() if isinstance(messages, dict) else ()
    for verb in ("publish", "subscribe"):
        operation = channel.get(verb)
        message = operation.get("message") if isinstance(operation, dict) else None
        several = message.get("oneOf") if isinstance(message, dict) else None
        yield from ((verb, value) for value in (several if isinstance(several, list) else [message]))


def _sent(target: Any) -> frozenset[str]:
    """The channels that the described application publishes to (2.x: that others subscribe to)."""
    found = {name for _, name, channel in _channels(target) if "subscribe" in channel}
    operations = target.get("operations") if isinstance(target, dict) else None
    for operation in operations.values() if isinstance(operations, dict) else ():
        if isinstance(operation, dict) and operation.get("action") == "send":
            channel = operation.get("channel")
            found.update(name for _, name, value in _channels(target) if value is channel or value == channel)
    return frozenset(found)


FUNCTION = Function(
    "publisher",
    {
        "type": "object",
        "properties": {"check": {"enum": ["stated", "one"]}},
        "required": ["check"],
        "additionalProperties": False,
    },
    _prepare,
    required=True,
)
