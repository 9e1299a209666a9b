"""The styles of OpenAPI 3 ("Style Values"), from raw text to values.

Each reader takes what stands on the wire and returns every reading that the schema's shape leaves open, the most
specific first; an empty tuple means that the parameter is not there. Delimiters count where they are not
percent-encoded (RFC 6570 section 3.2), so values are split first and decoded after.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

from gateway.checks.coercion import item, member, readings, scalar
from gateway.checks.shape import Shape
from gateway.malformed import Malformed

from .text import Query, decode

Readings: TypeAlias = tuple[Any, ...]
Decode: TypeAlias = Callable[[str], str]
_DELIMITERS = {
    "form": re.compile(","),
    "simple": re.compile(","),
    "spaceDelimited": re.compile(r"%20|\+| ", re.IGNORECASE),
    "pipeDelimited": re.compile(r"\||%7C", re.IGNORECASE),
    "tabDelimited": re.compile(r"%09|\t", re.IGNORECASE),
}


def _plus(text: str) -> str:
    return decode(text, plus=True)


def _as_is(text: str) -> str:
    return text


def list_of(texts: Iterable[str], shape: Shape) -> Readings:
    """An array of texts, each read by the shape of items."""
    held = list(texts)
    inner = item(shape)
    first = [scalar(text, inner) for text in held]
    if all(isinstance(value, str) for value in first):
        if inner.stated:
            return (first,)
        other = [readings(text, inner)[-1] for text in held]
        return (first,) if other == first else (first, other)
    return (first, held) if "string" in inner.types else (first,)


def object_of(pairs: Iterable[tuple[str, str]], shape: Shape) -> Readings:
    """An object of texts, each read by the shape of its property. A name that comes twice is malformed."""
    held = list(pairs)
    found = {name: scalar(text, member(name, shape)) for name, text in held}
    if len(found) != len(held):
        raise Malformed("a property is given twice", "duplicate-key")
    return (found,)


def alternating(texts: list[str], shape: Shape) -> Readings:
    """`R,100,G,200`: names and values in turn."""
    if len(texts) % 2:
        raise Malformed("names and values do not pair up", "style")
    return object_of(zip(texts[::2], texts[1::2], strict=True), shape)


def assignments(texts: list[str], shape: Shape) -> Readings:
    """`R=100`, `G=200`: one assignment each."""
    pairs = []
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals:
            raise Malformed("a property has no value", "style")
        pairs.append((name, value))
    return object_of(pairs, shape)


def _several(raw: str, delimiter: re.Pattern[str], decoded: Decode) -> list[str]:
    return [decoded(part) for part in delimiter.split(raw)] if raw else []


def by_delimiter(raw: str, style: str, explode: bool, shape: Shape, decoded: Decode) -> Readings:
    """One text that holds a scalar, a list or an object, as the shape allows; scalars come first."""
    delimiter = _DELIMITERS[style]
    found: Readings = ()
    if shape.scalar:
        found = readings(decoded(raw), shape)
        if shape.stated and not (shape.array or shape.object):
            return found
    if shape.array and (shape.stated or shape.items is not None):
        found += list_of(_several(raw, delimiter, decoded), shape)
        if _hides_delimiters(raw, style):
            found += list_of(decoded(raw).split(","), shape)
    if shape.object and (shape.stated or shape.properties):
        texts = (
            decoded(raw).split(",") if _hides_delimiters(raw, style) else _several(raw, delimiter, decoded)
        )
        try:
            found += assignments(texts, shape) if explode else alternating(texts, shape)
        except Malformed:
            if not found:
                raise
    return found


def _hides_delimiters(raw: str, style: str) -> bool:
    """Whether a list came with all its commas percent-encoded, as many clients send it: that may be meant."""
    return style == "form" and "," not in raw and "%2c" in raw.lower()


def simple(raw: str, explode: bool, shape: Shape) -> Readings:
    """Path parameters: `3,4,5`, `R,100`, `R=100`."""
    return by_delimiter(raw, "simple", explode, shape, decode)


def header(raw: str, explode: bool, shape: Shape) -> Readings:
    """Header fields are not percent-encoded; blanks around commas do not count (RFC 9110 section 5.6.1)."""
    return by_delimiter(raw, "simple", explode, shape, str.strip)


def label(raw: str, explode: bool, shape: Shape) -> Readings:
    """`.5`, `.3,4,5` (`.3.4.5` exploded), `.R,100` (`.R=100` exploded)."""
    if not raw.startswith("."):
        raise Malformed("the value does not begin with a dot, as the style label demands", "style")
    rest = raw[1:]
    if shape.scalar and not (shape.array or shape.object):
        return readings(decode(rest), shape)
    delimiter = "." if explode else ","
    texts = [decode(part) for part in rest.split(delimiter)] if rest else []
    return _composed(texts, explode, shape)


def _composed(texts: list[str], explode: bool, shape: Shape) -> Readings:
    if shape.array and not (shape.object and explode and all("=" in text for text in texts)):
        return list_of(texts, shape)
    if shape.object:
        return assignments(texts, shape) if explode else alternating(texts, shape)
    return readings(",".join(texts), shape)


def matrix(raw: str, name: str, explode: bool, shape: Shape) -> Readings:
    """`;color=blue`, `;color=3,4` (`;color=3;color=4` exploded), `;color=R,100` (`;R=100` exploded)."""
    if not raw.startswith(";"):
        raise Malformed("the value does not begin with a semicolon, as the style matrix demands", "style")
    parts = raw[1:].split(";")
    if shape.object and explode and not shape.scalar:
        return assignments([decode(part) for part in parts], shape)
    values = []
    for part in parts:
        given, _, value = part.partition("=")
        if decode(given) != name:
            raise Malformed("the value does not name its parameter, as the style matrix demands", "style")
        values.append(value)
    if shape.array:
        split = values if explode else values[0].split(",") if values[0] else []
        return list_of([decode(value) for value in split], shape)
    if len(values) != 1:
        raise Malformed("the parameter is given more than once", "repeated")
    if shape.object:
        return alternating([decode(part) for part in values[0].split(",")], shape)
    return readings(decode(values[0]), shape)


def form(query: Query, name: str, explode: bool, shape: Shape, style: str = "form") -> Readings:
    """`color=blue`, `color=3,4` (`color=3&color=4` exploded), `color=R,100` (`R=100&G=200` exploded).

    The delimited styles differ in their delimiter only, and only where they are not exploded.
    """
    if explode and shape.object and style == "form" and not (shape.scalar or shape.array):
        return _spread(query, shape)
    values = query.names.get(name)
    if values is None:
        return _spread(query, shape) if explode and shape.object and shape.properties else ()
    if explode and shape.array and (shape.stated or shape.items is not None or len(values) > 1):
        decoded = [_plus(value) for value in values]
        found = list_of(decoded, shape)
        if len(values) == 1 and shape.scalar:
            return readings(decoded[0], shape) + found
        return found
    if len(values) > 1:
        raise Malformed("the parameter is given more than once", "repeated")
    return by_delimiter(values[0], style, explode and style == "form", shape, _plus)


def _spread(query: Query, shape: Shape) -> Readings:
    """An exploded object: each of its properties is a parameter of its own."""
    found: dict[str, Any] = {}
    for name, values in query.names.items():
        inner = shape.properties.get(name)
        if inner is None:
            continue
        if inner.array and (len(values) > 1 or not inner.scalar):
            found[name] = list_of([_plus(value) for value in values], inner)[0]
        elif len(values) > 1:
            raise Malformed("a property is given twice", "duplicate-key")
        else:
            found[name] = scalar(_plus(values[0]), inner)
    if not shape.properties and shape.additional is not None and query.names:
        return object_of(((name, _plus(value)) for name, value in query.pairs), shape)
    return (found,) if found else ()


def cookie(cookies: dict[str, list[str]], name: str, explode: bool, shape: Shape) -> Readings:
    """Cookies in the style `form`, percent-decoded."""
    # One cookie cannot be exploded: what comes once is a list with commas.
    together = explode and not (shape.array and len(cookies.get(name, ())) == 1)
    query = Query([(key, value) for key, held in cookies.items() for value in held])
    return form(query, name, together, shape)


_KEYS = re.compile(r"\[([^\[\]]*)\]")
_DEEP = 10
"""Levels of brackets."""


def deep_object(query: Query, name: str, shape: Shape) -> Readings:
    """`color[R]=100&color[G]=200`, also nested, with lists as `[0]`, `[]` or by repetition.

    A schema that allows a scalar besides may have it without brackets, as `color=`.
    """
    tree: dict[str, Any] = {}
    seen = False
    for given, values in query.names.items():
        if not given.startswith(name + "["):
            continue
        rest = given[len(name) :]
        keys = _KEYS.findall(rest)
        if "".join(f"[{key}]" for key in keys) != rest or len(keys) > _DEEP:
            raise Malformed("the brackets do not match, or are nested too deep", "style")
        seen = True
        _plant(tree, keys, [_plus(value) for value in values])
    if not seen:
        bare = query.names.get(name)
        if bare is not None:
            if len(bare) == 1 and shape.scalar and shape.stated:
                return readings(_plus(bare[0]), shape)
            raise Malformed("the properties are not in brackets, as the style deepObject demands", "style")
        return ()
    return (_grown(tree, shape),)


def _plant(tree: dict[str, Any], keys: list[str], values: list[str]) -> None:
    for key in keys[:-1]:
        tree = tree.setdefault(key, {})
        if not isinstance(tree, dict):
            raise Malformed("a property is both a value and an object", "style")
    if keys[-1] in tree:
        raise Malformed("a property is given twice", "duplicate-key")
    tree[keys[-1]] = values


def _grown(node: Any, shape: Shape) -> Any:
    """The value of a node: texts where it ends, and objects or lists by the shape where it goes on."""
    if isinstance(node, list):
        if shape.array and (len(node) > 1 or not shape.scalar):
            return list_of(node, shape)[0]
        if len(node) > 1:
            raise Malformed("a property is given twice", "duplicate-key")
        return scalar(node[0], shape)
    if shape.array and (not shape.object or not shape.stated) and _are_indexes(node):
        inner = item(shape)
        if list(node) == [""]:
            return list_of(node[""], shape)[0]
        return [_grown(node[key], inner) for key in sorted(node, key=int)]
    return {key: _grown(held, member(key, shape)) for key, held in node.items()}


def _are_indexes(node: dict[str, Any]) -> bool:
    if list(node) == [""]:
        return isinstance(node[""], list)
    numbers = sorted(int(key) for key in node if key.isdecimal() and len(key) < 6)
    return numbers == list(range(len(node)))
