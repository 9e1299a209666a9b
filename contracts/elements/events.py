"""The normalised model of a contract for events (AsyncAPI 2.x and 3.x)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from contracts.errors import ContractError
from contracts.kinds import Specification
from contracts.references import DocumentSet

from .common import Origin, Raw, Schema, SecurityRequirement, SecurityScheme, Server, Tag


@dataclass(frozen=True, slots=True)
class ChannelParameter:
    """A parameter of an address. AsyncAPI 3's enum, default and examples become a schema of text."""

    name: str
    description: str
    location: str | None
    schema: Schema | None
    origin: Origin
    raw: Raw


@dataclass(frozen=True, slots=True)
class Message:
    """A message with its traits applied and the document's default content type filled in.

    `key` is its name in the channel (3.x), in the components, or `name`, else `<publish|subscribe>` and its
    number. `correlation_id` is the runtime expression that finds the id.
    """

    key: str
    name: str | None
    title: str
    summary: str
    content_type: str | None
    headers: Schema | None
    payload: Schema | None
    correlation_id: str | None
    bindings: Mapping[str, Any]
    tags: tuple[str, ...]
    deprecated: bool
    examples: tuple[Any, ...]
    origin: Origin
    raw: Raw
    description: str = ""
    extensions: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel; `address` None is not known until run time (3.x), in 2.x it is the key."""

    key: str
    address: str | None
    parameters: Mapping[str, ChannelParameter]
    messages: Mapping[str, Message]
    servers: tuple[str, ...]
    bindings: Mapping[str, Any]
    description: str
    origin: Origin
    raw: Raw
    title: str = ""
    deprecated: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """Where and with what a request is answered; `address` is a runtime expression or an address."""

    address: str | None
    channel: Channel | None
    messages: tuple[Message, ...]
    origin: Origin
    raw: Raw


@dataclass(frozen=True, slots=True)
class EventOperation:
    """What the described application does: `send` or `receive`.

    AsyncAPI 2.x states what *others* do to the application: its `publish` is a `receive` here, its `subscribe`
    a `send` (specification 2.6.0, "Definitions"). Security None is stated nowhere.
    """

    key: str
    action: Literal["send", "receive"]
    channel: Channel
    messages: tuple[Message, ...]
    reply: Reply | None
    bindings: Mapping[str, Any]
    security: tuple[SecurityRequirement, ...] | None
    summary: str
    description: str
    tags: tuple[str, ...]
    deprecated: bool
    origin: Origin
    raw: Raw
    title: str = ""
    operation_id: str | None = None
    extensions: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class EventApi:
    """A contract for events. `problems` is everything that could not be understood, each with its place."""

    specification: Specification
    title: str
    version: str
    description: str
    servers: tuple[Server, ...]
    channels: Mapping[str, Channel]
    operations: tuple[EventOperation, ...]
    security_schemes: Mapping[str, SecurityScheme]
    tags: tuple[Tag, ...]
    extensions: Mapping[str, Any]
    documents: DocumentSet
    problems: tuple[ContractError, ...]
    default_content_type: str | None = None
