"""One operation in full: parameters, bodies, responses and messages, each with its tree and an example."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from contracts.model import (
    Body,
    Channel,
    EventApi,
    EventOperation,
    Header,
    HttpApi,
    MediaType,
    Message,
    Operation,
    Origin,
    Parameter,
    Response,
    Schema,
    SecurityRequirement,
    SecurityScheme,
)
from contracts.references import DocumentSet

from . import examples
from .examples import Example
from .trees import Node, tree

LOCATIONS = {
    "path": "In the path",
    "query": "In the query",
    "querystring": "As the whole query",
    "header": "In headers",
    "cookie": "In cookies",
}


@dataclass(frozen=True, slots=True)
class Content:
    """A body of one media type. `item` is the tree of each item of a stream."""

    media_type: str
    tree: Node | None
    item: Node | None
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    status: str
    description: str
    headers: tuple[Node, ...]
    contents: tuple[Content, ...]


@dataclass(frozen=True, slots=True)
class CallDetails:
    """An HTTP operation. `parameters` are by where they stand; `security` says in words who may call."""

    operation: Operation
    parameters: tuple[tuple[str, tuple[Node, ...]], ...]
    body: tuple[Content, ...]
    body_required: bool
    body_description: str
    answers: tuple[Answer, ...]
    security: tuple[str, ...]
    callbacks: tuple[CallDetails, ...]


@dataclass(frozen=True, slots=True)
class MessageDetails:
    message: Message
    headers: Node | None
    payload: Node | None
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class EventDetails:
    operation: EventOperation
    parameters: tuple[Node, ...]
    messages: tuple[MessageDetails, ...]
    reply: tuple[MessageDetails, ...]
    bindings: Mapping[str, Any]


def of_call(api: HttpApi, operation: Operation, *, nested: bool = False) -> CallDetails:
    """Everything about an HTTP operation; callbacks one level deep."""
    documents = api.documents
    body = operation.body
    return CallDetails(
        operation=operation,
        parameters=tuple(_by_location(documents, operation.parameters)),
        body=_contents(documents, body.content) if body else (),
        body_required=body.required if body else False,
        body_description=_description(body),
        answers=tuple(_answer(documents, response) for response in operation.responses.values()),
        security=security_words(operation.security, api.security_schemes),
        callbacks=() if nested else tuple(of_call(api, each, nested=True) for each in operation.callbacks),
    )


def of_event(api: EventApi, operation: EventOperation) -> EventDetails:
    """Everything about sending to or receiving from a channel."""
    documents = api.documents
    reply = operation.reply
    return EventDetails(
        operation=operation,
        parameters=_channel_parameters(documents, operation.channel),
        messages=tuple(of_message(documents, message) for message in operation.messages),
        reply=tuple(of_message(documents, message) for message in reply.messages) if reply else (),
        bindings=dict(operation.channel.bindings) | dict(operation.bindings),
    )


def of_message(documents: DocumentSet, message: Message) -> MessageDetails:
    """A message's headers and payload, with its own examples or one that is made."""
    given = tuple(
        Example(str(each.get("name", "")), each["payload"], made=False)
        for each in message.examples
        if isinstance(each, dict) and "payload" in each
    )[:5]
    made = examples.of_schema(documents, message.payload) if message.payload and not given else None
    return MessageDetails(
        message,
        tree(documents, message.headers) if message.headers else None,
        tree(documents, message.payload) if message.payload else None,
        given or ((made,) if made else ()),
    )


def security_words(
    security: tuple[SecurityRequirement, ...] | None, schemes: Mapping[str, SecurityScheme]
) -> tuple[str, ...]:
    """Who may call, one sentence for each way: schemes of one requirement are needed together."""
    if security is None:
        return ()
    if not security or any(not requirement for requirement in security):
        return ("Anyone may call it.",)
    return tuple(
        " and ".join(_scheme_words(name, scopes, schemes.get(name)) for name, scopes in requirement.items())
        for requirement in security
    )


def _scheme_words(name: str, scopes: tuple[str, ...], scheme: SecurityScheme | None) -> str:
    if scheme is None:
        return f"{name} (not defined in this contract)"
    words = {
        "apiKey": f"a key in {scheme.location or 'the'} {scheme.parameter or 'request'}",
        "http": f"HTTP {scheme.scheme or ''} authentication".replace("  ", " "),
        "oauth2": "an OAuth 2 token",
        "openIdConnect": "an OpenID Connect token",
        "mutualTLS": "a client certificate",
    }.get(scheme.type, scheme.type)
    needs = f" with {', '.join(scopes[:12])}" if scopes else ""
    return f"{words}{needs} ({name})"


def _by_location(
    documents: DocumentSet, parameters: Iterable[Parameter]
) -> Iterable[tuple[str, tuple[Node, ...]]]:
    found: dict[str, list[Node]] = {}
    for parameter in parameters:
        found.setdefault(parameter.location, []).append(_parameter(documents, parameter))
    for location, words in LOCATIONS.items():
        if location in found:
            yield words, tuple(found[location])


def _parameter(documents: DocumentSet, parameter: Parameter | Header) -> Node:
    schema = parameter.schema or next(
        (each.schema for each in parameter.content.values() if each.schema), None
    )
    return _labelled(
        documents,
        parameter.name,
        schema,
        parameter.origin,
        str(parameter.raw.get("description") or ""),
        required=parameter.required,
        deprecated=parameter.deprecated,
        example=parameter.raw.get("example"),
    )


def _labelled(
    documents: DocumentSet,
    name: str,
    schema: Schema | None,
    origin: Origin,
    description: str,
    *,
    required: bool,
    deprecated: bool,
    example: Any = None,
) -> Node:
    """A parameter's tree under its own name, with its own words before those of its schema."""
    node = tree(documents, schema, name) if schema else Node(name, "root", "anything", origin)
    shown = (str(example),) if isinstance(example, str | int | float) else node.examples
    return Node(
        name=name,
        role="property",
        type=node.type,
        origin=origin,
        reference=node.reference,
        required=required,
        deprecated=deprecated or node.deprecated,
        description=description or node.description,
        rules=node.rules,
        values=node.values,
        examples=shown,
        children=node.children,
        end=node.end,
        problem=node.problem,
    )


def _contents(documents: DocumentSet, content: Mapping[str, MediaType]) -> tuple[Content, ...]:
    return tuple(
        Content(
            media.name,
            tree(documents, media.schema) if media.schema else None,
            tree(documents, media.item_schema) if media.item_schema else None,
            examples.of_media(documents, media),
        )
        for media in list(content.values())[:8]
    )


def _answer(documents: DocumentSet, response: Response) -> Answer:
    headers = tuple(_parameter(documents, header) for header in response.headers.values())
    return Answer(response.status, response.description, headers, _contents(documents, response.content))


def _channel_parameters(documents: DocumentSet, channel: Channel) -> tuple[Node, ...]:
    return tuple(
        _labelled(
            documents, each.name, each.schema, each.origin, each.description, required=True, deprecated=False
        )
        for each in channel.parameters.values()
    )


def _description(body: Body | None) -> str:
    return str(body.raw.get("description") or "") if body else ""
