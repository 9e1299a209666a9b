"""The examples of operations: parameters, headers, bodies. What a caller sends is a request, what it gets a response."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from contracts.elements.common import Origin, Schema
from contracts.elements.http import Header, HttpApi, MediaType, Operation, Parameter, Response
from contracts.schemas import Direction

from .shown import Shown, beside


def of_http(api: HttpApi) -> Iterator[Shown]:
    """Every example of every operation, webhook and callback; what several share comes several times."""
    for operation in _all([*api.operations, *api.webhooks]):
        for parameter in operation.parameters:
            yield from _of_value(api, parameter, Direction.REQUEST)
        if operation.body is not None:
            yield from _of_content(api, operation.body.content, Direction.REQUEST)
        for response in operation.responses.values():
            for header in response.headers.values():
                yield from _of_value(api, header, Direction.RESPONSE)
            yield from _of_content(api, response.content, Direction.RESPONSE)
            if api.specification.line == "2.0":
                yield from _of_response_in_2(response)


def schemas_of_http(api: HttpApi) -> Iterator[Schema]:
    """Every schema that operations state themselves."""
    for operation in _all([*api.operations, *api.webhooks]):
        contents = [operation.body.content] if operation.body is not None else []
        values: list[Parameter | Header] = [*operation.parameters]
        for response in operation.responses.values():
            contents.append(response.content)
            values.extend(response.headers.values())
        for value in values:
            contents.append(value.content)
            if value.schema is not None:
                yield value.schema
        for content in contents:
            yield from (media.schema for media in content.values() if media.schema is not None)


def _all(operations: Iterable[Operation]) -> Iterator[Operation]:
    for operation in operations:
        yield operation
        yield from _all(operation.callbacks)


def _of_value(api: HttpApi, value: Parameter | Header, direction: Direction) -> Iterator[Shown]:
    if value.schema is not None:
        yield from beside(api.documents, value.raw, value.origin, value.schema, direction)
    yield from _of_content(api, value.content, direction)


def _of_content(api: HttpApi, content: Mapping[str, MediaType], direction: Direction) -> Iterator[Shown]:
    if api.specification.line == "2.0":
        return
    for media in content.values():
        if media.schema is not None:
            for each in beside(api.documents, media.raw, media.origin, media.schema, direction):
                yield from _as_data(each, media.name)


def _of_response_in_2(response: Response) -> Iterator[Shown]:
    """`examples` by media type (OpenAPI 2.0, "Example Object")."""
    examples = response.raw.get("examples")
    schema = next((media.schema for media in response.content.values() if media.schema), None)
    if schema is None:
        return
    for name, value in examples.items() if isinstance(examples, dict) else ():
        place = Origin(response.origin.source, (*response.origin.path, "examples", name))
        yield from _as_data(Shown(value, place, schema, Direction.RESPONSE), name)


def _as_data(example: Shown, media_type: str) -> Iterator[Shown]:
    """An example as the value that its schema describes; text of another form than JSON cannot be judged."""
    if not isinstance(example.value, str):
        yield example
    elif "json" in media_type.lower():
        yield replace(example, value=_parsed(example.value))


def _parsed(text: str) -> Any:
    """JSON that was written as text, as many editors do; other text is itself."""
    if text.lstrip()[:1] in ("{", "["):
        try:
            return json.loads(text)
        except ValueError:
            return text
    return text
