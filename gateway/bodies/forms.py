"""`application/x-www-form-urlencoded` bodies as objects, by the styles of their encodings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from contracts.model import Encoding
from gateway.checks.coercion import member, scalar
from gateway.checks.shape import Shape
from gateway.malformed import Malformed
from gateway.parameters import styles
from gateway.parameters.text import Query, decode, parse_query

from .jsons import parse_json

RESERVED = frozenset(":/?#[]@!$&'()*,;=")


def parse_form(raw: bytes, shape: Shape, encodings: Mapping[str, Encoding], limit: int) -> dict[str, Any]:
    """The object that a form stands for (OpenAPI 3, "Encoding Object"). Raises `Malformed`."""
    query = parse_query(raw.strip(b"\r\n"), limit)
    found: dict[str, Any] = {}
    used: set[str] = set()
    for name in {**shape.properties, **encodings}:
        value = _declared(query, name, member(name, shape), encodings.get(name), used)
        if value:
            found[name] = value[0]
            used.add(name)
    for name, values in query.names.items():
        if name not in used and name not in found:
            texts = [decode(value, plus=True) for value in values]
            inner = member(name, shape)
            found[name] = styles.list_of(texts, inner)[0] if len(texts) > 1 else scalar(texts[0], inner)
    return found


def _declared(
    query: Query, name: str, shape: Shape, encoding: Encoding | None, used: set[str]
) -> styles.Readings:
    content_type = encoding.content_type if encoding is not None else None
    styled = encoding is not None and (encoding.style or encoding.explode is not None)
    values = query.names.get(name)
    if (content_type and not styled and "json" in content_type) or _is_document(values, shape, styled):
        return _documents(values)
    style = (encoding.style if encoding is not None else None) or "form"
    explode = style == "form"
    if encoding is not None and encoding.explode is not None:
        explode = encoding.explode
    bracketed = values is None and (shape.array or shape.object) and not styled and shape.stated
    if style == "deepObject" or (bracketed and any(key.startswith(name + "[") for key in query.names)):
        used.update(key for key in query.names if key.startswith(name + "["))
        return styles.deep_object(query, name, shape)
    if explode and shape.object and not shape.array and not shape.scalar and values is None:
        used.update(set(shape.properties) & set(query.names))
    return styles.form(query, name, explode, shape, style)


def _is_document(values: list[str] | None, shape: Shape, styled: object) -> bool:
    """Objects travel as JSON where nothing else is said ("Encoding Object", `contentType`)."""
    return (
        bool(values) and shape.stated and shape.object and not shape.scalar and not shape.array and not styled
    )


def _documents(values: list[str] | None) -> styles.Readings:
    if not values:
        return ()
    found = [parse_json(decode(value, plus=True).encode()) for value in values]
    return (found[0] if len(found) == 1 else found,)


def reserved_fields(raw: bytes, encodings: Mapping[str, Encoding], limit: int) -> list[str]:
    """Fields whose values hold reserved characters unescaped, though their encoding does not allow it."""
    query = parse_query(raw.strip(b"\r\n"), limit)
    return [
        name
        for name, value in query.pairs
        if RESERVED & set(value) and not (name in encodings and encodings[name].allow_reserved)
    ]


def require_text(raw: bytes, charset: str) -> str:
    """Bytes as text in a charset. Raises `Malformed`."""
    try:
        return raw.decode(charset or "utf-8")
    except (UnicodeDecodeError, LookupError):
        raise Malformed(f"it is not text in {charset or 'utf-8'}", "encoding") from None
