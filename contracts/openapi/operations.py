"""Path items and operations of OpenAPI 3."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from contracts.elements.common import SecurityRequirement, Server
from contracts.elements.http import Body, Operation, Parameter, Response
from contracts.references import Located
from contracts.tolerant import extensions, origin

from .contents import content, headers
from .context import Context
from .parameters import merged, parameter
from .security import requirements
from .servers import servers

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
_STATUS_LETTERS = str.maketrans("x", "X")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What an operation inherits and where it stands."""

    kind: Literal["operation", "webhook", "callback"]
    path: str
    servers: tuple[Server, ...]
    security: tuple[SecurityRequirement, ...] | None
    name: str = ""
    depth: int = 0


def path_item(context: Context, node: Located, around: Surroundings) -> Iterator[Operation]:
    """The operations of one Path Item Object. A `$ref` in it is followed; what stands beside it counts too."""
    reader = context.reader
    referenced = reader.follow(node)
    parts = [node] if referenced is node else [part for part in (referenced, node) if part is not None]
    parts = [part for part in parts if reader.mapping(Located(_without_ref(part), part.source, part.path))]
    inherited: tuple[Parameter, ...] = ()
    at = around
    for part in parts:
        inherited = merged(inherited, _parameters(context, part))
        at = Surroundings(
            at.kind, at.path, servers(reader, part) or at.servers, at.security, at.name, at.depth
        )
    seen: set[str] = set()
    for part in reversed(parts):
        for method, held in _methods(context, part):
            if method not in seen:
                seen.add(method)
                yield operation(context, method, held, inherited, at)


def operation(
    context: Context, method: str, node: Located, inherited: tuple[Parameter, ...], around: Surroundings
) -> Operation:
    """One Operation Object."""
    reader = context.reader
    stated = requirements(reader, node)
    return Operation(
        method,
        around.path,
        reader.optional_text(node, "operationId"),
        reader.text(node, "summary"),
        reader.text(node, "description"),
        reader.texts(node, "tags"),
        reader.flag(node, "deprecated"),
        merged(inherited, _parameters(context, node)),
        _body(context, node),
        dict(_responses(context, node)),
        tuple(_callbacks(context, node, around)),
        stated if stated is not None else around.security,
        servers(reader, node) or around.servers,
        extensions(node),
        around.kind,
        origin(node),
        node.value,
        around.name,
    )


def _without_ref(node: Located) -> object:
    return {} if isinstance(node.value, dict) else node.value


def _methods(context: Context, node: Located) -> Iterator[tuple[str, Located]]:
    reader = context.reader
    for method in (*METHODS, *(("query",) if context.line >= "3.2" else ())):
        held = reader.mapping(node, method)
        if held is not None:
            yield method.upper(), held
        elif method in node.value and node.value[method] is None:
            empty = node.child(method)
            reader.problem(
                empty,
                "operation-empty",
                f"The operation {method} says nothing; it is read as one without parameters and responses.",
                "Describe it, or write '{}'.",
            )
            yield method.upper(), Located({}, empty.source, empty.path)
    if context.line >= "3.2":
        yield from reader.mappings(node, "additionalOperations")


def _parameters(context: Context, node: Located) -> Iterator[Parameter]:
    for held in context.reader.item_mappings(node, "parameters"):
        found = parameter(context, held)
        if found is not None:
            yield found


def _body(context: Context, node: Located) -> Body | None:
    held = context.reader.mapping(node, "requestBody")
    if held is None:
        return None
    required = context.reader.flag(held, "required")
    return Body(required, content(context, held), origin(held), held.value)


def _responses(context: Context, node: Located) -> Iterator[tuple[str, Response]]:
    reader = context.reader
    for written, held in reader.mappings(node, "responses"):
        status = written.translate(_STATUS_LETTERS) if written != "default" else written
        yield (
            status,
            Response(
                status,
                reader.text(held, "description"),
                headers(context, held),
                content(context, held),
                reader.data(held, "links"),
                origin(held),
                held.value,
            ),
        )


def _callbacks(context: Context, node: Located, around: Surroundings) -> Iterator[Operation]:
    """Callbacks are not searched for callbacks of their own beyond a few levels: they may lead in a circle."""
    reader = context.reader
    if around.depth >= 3:
        return
    for name, held in reader.mappings(node, "callbacks"):
        for expression in held.value:
            if not expression.startswith("x-"):
                inner = Surroundings("callback", expression, (), around.security, name, around.depth + 1)
                yield from path_item(context, held.child(expression), inner)
