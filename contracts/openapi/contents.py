"""Media types, headers and encodings of OpenAPI 3."""

from __future__ import annotations

from contracts.elements.http import Encoding, Header, MediaType
from contracts.references import Located
from contracts.tolerant import extensions, origin

from .context import Context

_NESTED = 4
"""How deep encodings are read: they may lead in a circle by references."""


def content(context: Context, node: Located, key: str = "content") -> dict[str, MediaType]:
    """The `content` map of a parameter, body or response."""
    return {name: media_type(context, name, held) for name, held in context.reader.mappings(node, key)}


def media_type(context: Context, name: str, node: Located) -> MediaType:
    """One Media Type Object."""
    return MediaType(
        name,
        context.schema(node),
        context.schema(node, "itemSchema"),
        {field: _encoding(context, held) for field, held in context.reader.mappings(node, "encoding")},
        origin(node),
        node.value,
        _by_position(context, node),
    )


def headers(context: Context, node: Located) -> dict[str, Header]:
    """The `headers` map of a response or an encoding. `Content-Type` is ignored, as the specification says."""
    return {
        name: _header(context, name, held)
        for name, held in context.reader.mappings(node, "headers")
        if name.lower() != "content-type"
    }


def _header(context: Context, name: str, node: Located) -> Header:
    reader = context.reader
    return Header(
        name,
        reader.flag(node, "required"),
        reader.flag(node, "deprecated"),
        reader.text(node, "style") or "simple",
        reader.flag(node, "explode"),
        context.schema(node),
        content(context, node),
        origin(node),
        node.value,
    )


def _encoding(context: Context, node: Located, depth: int = 0) -> Encoding:
    reader = context.reader
    return Encoding(
        reader.optional_text(node, "contentType"),
        headers(context, node),
        reader.optional_text(node, "style"),
        reader.flag(node, "explode") if "explode" in node.value else None,
        reader.flag(node, "allowReserved"),
        _parts(context, node, depth + 1) if context.line >= "3.2" and depth < _NESTED else {},
        extensions(node),
    )


def _parts(context: Context, node: Located, depth: int) -> dict[str, Encoding]:
    """The encodings within an encoding (3.2.0, "Encoding Object")."""
    named = {
        name: _encoding(context, held, depth) for name, held in context.reader.mappings(node, "encoding")
    }
    return {**named, **_by_position(context, node, depth)}


def _by_position(context: Context, node: Located, depth: int = 0) -> dict[str, Encoding]:
    """`prefixEncoding` and `itemEncoding` of OpenAPI 3.2."""
    if context.line < "3.2":
        return {}
    first = context.reader.item_mappings(node, "prefixEncoding")
    found = {f"[{index}]": _encoding(context, held, depth) for index, held in enumerate(first)}
    rest = context.reader.mapping(node, "itemEncoding")
    return {**found, "[]": _encoding(context, rest, depth)} if rest is not None else found
