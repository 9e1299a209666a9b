"""An OpenAPI document as a whole."""

from __future__ import annotations

from collections.abc import Iterator

from contracts.elements.common import SecurityScheme, Tag
from contracts.elements.http import HttpApi, Operation
from contracts.kinds import Specification
from contracts.references import DocumentSet, Located
from contracts.schemas.dialects import of_openapi
from contracts.tolerant import Reader, extensions, origin

from . import operations, operations_of_2
from .context import Context
from .operations import Surroundings
from .security import requirements, scheme
from .servers import servers, servers_of_2


def build_http(documents: DocumentSet, specification: Specification) -> HttpApi:
    """The model of an OpenAPI document of any line."""
    reader = Reader(documents)
    top = documents.top
    context = Context(
        reader, specification.line, of_openapi(specification, top.value.get("jsonSchemaDialect"))
    )
    info = reader.mapping(top, "info")
    everywhere = servers_of_2(reader, top) if context.line == "2.0" else servers(reader, top)
    around = Surroundings("operation", "", everywhere, requirements(reader, top))
    built = tuple(_operations(context, top, around))
    webhooks = tuple(_webhooks(context, top, around))
    return HttpApi(
        specification,
        reader.text(info, "title"),
        reader.text(info, "version"),
        reader.text(info, "description"),
        everywhere,
        built,
        webhooks,
        _schemes(context, top),
        tuple(
            Tag(reader.text(tag, "name"), reader.text(tag, "description"), origin(tag), tag.value)
            for tag in reader.item_mappings(top, "tags")
        ),
        extensions(top),
        documents,
        tuple(reader.problems),
        around.security,
    )


def _operations(context: Context, top: Located, around: Surroundings) -> Iterator[Operation]:
    build = operations_of_2.path_item if context.line == "2.0" else operations.path_item
    for path, held in context.reader.members(top, "paths"):
        if not path.startswith("/"):
            context.reader.problem(
                held,
                "path-without-slash",
                f"The path '{path}' does not begin with a slash.",
                "Paths are appended to the server's URL: begin them with '/'.",
            )
        at = Surroundings("operation", path, around.servers, around.security)
        yield from build(context, held, at)


def _webhooks(context: Context, top: Located, around: Surroundings) -> Iterator[Operation]:
    if context.line < "3.1":
        if top.value.get("webhooks"):
            context.reader.problem(
                top.child("webhooks"),
                "webhooks-unknown",
                f"OpenAPI {context.line} has no webhooks; these are not read.",
                "Say 'openapi: 3.1.0', or describe them as callbacks.",
            )
        return
    for name, held in context.reader.members(top, "webhooks"):
        at = Surroundings("webhook", name, (), around.security, name)
        yield from operations.path_item(context, held, at)


def _schemes(context: Context, top: Located) -> dict[str, SecurityScheme]:
    reader = context.reader
    if context.line == "2.0":
        found = reader.mappings(top, "securityDefinitions")
    else:
        found = reader.mappings(reader.mapping(top, "components"), "securitySchemes")
    return {name: scheme(reader, name, held) for name, held in found}
