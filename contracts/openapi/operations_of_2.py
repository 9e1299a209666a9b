"""Path items and operations of OpenAPI 2.0, under OpenAPI 3's concepts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from contracts.elements.common import Schema
from contracts.elements.http import Body, Encoding, Header, MediaType, Operation, Parameter, Response
from contracts.references import Located
from contracts.tolerant import extensions, origin

from .context import Context
from .operations import METHODS, Surroundings
from .parameters import merged
from .security import requirements
from .servers import servers_of_2

_STYLES = {"ssv": "spaceDelimited", "tsv": "tabDelimited", "pipes": "pipeDelimited"}
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
_SCHEMA_KEYWORDS = frozenset(
    (
        "type", "format", "items", "default", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum",
        "maxLength", "minLength", "pattern", "maxItems", "minItems", "uniqueItems", "enum", "multipleOf",
    )
)  # fmt: skip


def path_item(context: Context, node: Located, around: Surroundings) -> Iterator[Operation]:
    """The operations of one Path Item Object."""
    reader = context.reader
    held = reader.mapping(node)
    if held is None:
        return
    shared = list(reader.item_mappings(held, "parameters"))
    for method in METHODS[:-1]:
        one = reader.mapping(held, method)
        if one is not None:
            yield _operation(context, method.upper(), one, shared, around)


def _operation(
    context: Context, method: str, node: Located, shared: list[Located], around: Surroundings
) -> Operation:
    reader = context.reader
    own = list(reader.item_mappings(node, "parameters"))
    stated = requirements(reader, node)
    return Operation(
        method,
        around.path,
        reader.optional_text(node, "operationId"),
        reader.text(node, "summary"),
        reader.text(node, "description"),
        reader.texts(node, "tags"),
        reader.flag(node, "deprecated"),
        merged(_parameters(context, shared), _parameters(context, own)),
        _body(context, node, [*shared, *own]),
        dict(_responses(context, node)),
        (),
        stated if stated is not None else around.security,
        _servers(context, node, around),
        extensions(node),
        "operation",
        origin(node),
        node.value,
    )


def _servers(context: Context, node: Located, around: Surroundings) -> Any:
    """An operation's own `schemes` replace the document's."""
    if not context.reader.texts(node, "schemes"):
        return around.servers
    top = context.reader.documents.top
    return servers_of_2(
        context.reader, Located({**top.value, "schemes": node.value["schemes"]}, top.source, ())
    )


def _parameters(context: Context, nodes: Iterable[Located]) -> Iterator[Parameter]:
    reader = context.reader
    for node in nodes:
        name, location = reader.text(node, "name"), reader.text(node, "in")
        if location in ("body", "formData"):
            continue
        if not name or location not in ("path", "query", "header"):
            reader.problem(
                node,
                "parameter-unknown",
                f"The parameter '{name}' is in {location!r} and cannot be placed.",
                "Give it a name, and for 'in' one of path, query, header, formData and body.",
            )
            continue
        style, explode = _collection(node, location)
        yield Parameter(
            name,
            location,  # type: ignore[arg-type]  # narrowed by the test above
            location == "path" or reader.flag(node, "required"),
            reader.flag(node, "deprecated"),
            style,
            explode,
            False,
            reader.flag(node, "allowEmptyValue"),
            _inline_schema(context, node),
            {},
            origin(node),
            node.value,
        )


def _collection(node: Located, location: str) -> tuple[str, bool]:
    """OpenAPI 3's style and explode for a `collectionFormat`, whose default is csv."""
    written = node.value.get("collectionFormat", "csv")
    if written == "multi":
        return "form", True
    plain = "form" if location in ("query", "formData") else "simple"
    return _STYLES.get(str(written), plain), False


def _inline_schema(context: Context, node: Located) -> Schema:
    """The schema that a parameter, header or item spells out in itself."""
    # Tolerant of those who write OpenAPI 3's `schema` in 2.0.
    if isinstance(node.value.get("schema"), dict):
        return Schema(node.value["schema"], origin(node.child("schema")), context.dialect)
    written = {key: value for key, value in node.value.items() if key in _SCHEMA_KEYWORDS}
    return Schema(written, origin(node), context.dialect)


def _media_types(context: Context, node: Located, key: str) -> tuple[str, ...]:
    """The operation's `consumes` or `produces`, which replace the document's."""
    if node.value.get(key) is not None:
        return context.reader.texts(node, key)
    return context.reader.texts(context.reader.documents.top, key)


def _body(context: Context, node: Located, parameters: list[Located]) -> Body | None:
    """The `in: body` parameter, or the form that the `in: formData` ones make; the operation's own win."""
    bodies = [one for one in parameters if one.value.get("in") == "body"]
    fields = {str(one.value.get("name")): one for one in parameters if one.value.get("in") == "formData"}
    consumes = _media_types(context, node, "consumes")
    if bodies:
        one = bodies[-1]
        schema = context.schema(one)
        # Without `consumes` the specification leaves the type open; JSON is what everybody means.
        content = {
            name: MediaType(name, schema, None, {}, origin(one), one.value)
            for name in consumes or ("application/json",)
        }
        return Body(context.reader.flag(one, "required"), content, origin(one), one.value)
    if not fields:
        return None
    return _form(context, fields, [name for name in consumes if name.partition(";")[0] in _FORMS])


def _field_schema(context: Context, node: Located) -> dict[str, Any]:
    """The schema of a form's field; `allowEmptyValue: false` says that a text in it is not empty."""
    found = dict(_inline_schema(context, node).value)
    if node.value.get("allowEmptyValue") is False and found.get("type") == "string":
        found.setdefault("minLength", 1)
    return found


def _form(context: Context, fields: dict[str, Located], consumes: list[str]) -> Body:
    schemas = {name: _field_schema(context, one) for name, one in fields.items()}
    required = [name for name, one in fields.items() if context.reader.flag(one, "required")]
    encodings = {
        name: Encoding(None, {}, *_collection(one, "formData"), False)
        for name, one in fields.items()
        if one.value.get("type") == "array"
    }
    first = next(iter(fields.values()))
    value: dict[str, Any] = {"type": "object", "properties": schemas}
    if required:
        value["required"] = required
    has_file = any(one.value.get("type") == "file" for one in fields.values())
    names = consumes or [_FORMS[1] if has_file else _FORMS[0]]
    schema = Schema(value, origin(first), context.dialect)
    content = {name: MediaType(name, schema, None, encodings, origin(first), first.value) for name in names}
    return Body(bool(required), content, origin(first), first.value)


def _responses(context: Context, node: Located) -> Iterator[tuple[str, Response]]:
    reader = context.reader
    produces = _media_types(context, node, "produces") or ("application/json",)
    for status, held in reader.mappings(node, "responses"):
        schema = context.schema(held)
        content = {}
        if schema is not None:
            content = {name: MediaType(name, schema, None, {}, origin(held), held.value) for name in produces}
        headers = {
            name: Header(
                name,
                False,
                False,
                *_collection(one, "header"),
                _inline_schema(context, one),
                {},
                origin(one),
                one.value,
            )
            for name, one in reader.mappings(held, "headers")
        }
        description = reader.text(held, "description")
        yield status, Response(status, description, headers, content, {}, origin(held), held.value)
