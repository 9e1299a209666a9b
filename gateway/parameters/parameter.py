"""One declared parameter: taken from a request and judged."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from contracts import model
from contracts.pointers import to_pointer
from contracts.schemas import Direction
from gateway.bodies.jsons import parse_json
from gateway.checks.check import Check, Checks
from gateway.checks.shape import ANY
from gateway.malformed import Malformed
from gateway.rules import Rules
from gateway.verdicts import Fault, Place

from . import styles
from .text import Query, decode

_ONLY_TEXT = frozenset({"string"})
_OF_QUERIES = frozenset({"form", "spaceDelimited", "pipeDelimited", "tabDelimited", "deepObject"})
_RESERVED = frozenset(":/?#[]@!$&'()*+,;=")
IGNORED_HEADERS = frozenset({"accept", "content-type", "authorization"})
"""Header parameters that OpenAPI 3 says are ignored ("Parameter Object", Fixed Fields, `name`)."""


@dataclass(slots=True)
class Sources:
    """Where parameters are taken from; header fields as bytes, by names in lower case."""

    path: Mapping[str, str]
    query: Query
    headers: Mapping[bytes, bytes]
    cookies: dict[str, list[str]]


Read: TypeAlias = Callable[[Sources], styles.Readings]


class Parameter:
    """A compiled parameter. `check` is None where the contract gives it no schema."""

    __slots__ = (
        "_delimited", "_empty_is_fine", "_missing", "_origin", "_pointer", "_read", "check", "deep", "location", "name",
        "required", "reserved", "spread", "unvalidated",
    )  # fmt: skip

    def __init__(
        self, declared: model.Parameter | model.Header, checks: Checks, direction: Direction
    ) -> None:
        location = declared.location if isinstance(declared, model.Parameter) else "header"
        self.name = declared.name
        self.location: Place = "query" if location == "querystring" else location
        self.required = declared.required
        media = next(iter(declared.content.values()), None)
        schema = declared.schema if media is None else media.schema
        self.check: Check | None = checks.make(schema, direction) if schema is not None else None
        self._pointer = to_pointer((declared.name,))
        self._origin = declared.origin
        self._empty_is_fine = isinstance(declared, model.Parameter) and declared.allow_empty_value
        self.reserved = isinstance(declared, model.Parameter) and declared.allow_reserved
        shape = self.check.shape if self.check is not None else ANY
        exploded_object = declared.style == "form" and declared.explode and shape.object and media is None
        self._delimited = not declared.explode and (shape.array or shape.object)
        self.deep = declared.style == "deepObject"
        self.spread = exploded_object and not shape.scalar and not shape.array and location == "query"
        self.unvalidated = _unvalidated(self.check, f"{location} parameter {declared.name}")
        if media is not None:
            self._read = _content(declared.name, self.location, media.name)
        else:
            self._read = _styled(declared, location, shape)

    @property
    def names(self) -> frozenset[str]:
        """Names in the query that this parameter accounts for."""
        if self.spread and self.check is not None and self.check.shape.properties:
            return frozenset(self.check.shape.properties) | {self.name}
        return frozenset({self.name})

    def value(self, sources: Sources) -> Any:
        """The decoded value that the schema accepts, or the first reading. Raises `Malformed`, `KeyError`."""
        readings = self._read(sources)
        if not readings:
            raise KeyError(self.name)
        if self.check is not None:
            for reading in readings:
                if self.check.accepts(reading):
                    return reading
        return readings[0]

    def judge(self, sources: Sources, rules: Rules, limit: int) -> tuple[Fault, ...]:
        """What is wrong with the parameter in a request; empty where nothing is."""
        try:
            readings = self._read(sources)
        except Malformed as error:
            return (self._fault(error.message, error.code),)
        if not readings:
            return (self._fault("it is required and missing", "required"),) if self.required else ()
        if rules.reserved == "refuse" and not self.reserved and self._holds_reserved(sources):
            return (self._fault("it holds reserved characters that are not percent-encoded", "reserved"),)
        check = self.check
        if check is None:
            return ()
        for reading in readings:
            if check.accepts(reading):
                return ()
        if self._empty_is_fine and readings[0] in ("", [], None):
            return ()
        if rules.empty == "absent" and not self.required and self._is_empty(sources):
            return ()
        return check.faults(readings[0], self.location, self._pointer, limit)

    def _holds_reserved(self, sources: Sources) -> bool:
        if self.location != "query":
            return False
        reserved = _RESERVED - {","} if self._delimited else _RESERVED
        return any(reserved & set(value) for value in sources.query.names.get(self.name, ()))

    def _is_empty(self, sources: Sources) -> bool:
        if self.location == "header":
            return not sources.headers.get(self.name.lower().encode("latin-1", "replace"), b"").strip()
        held = sources.query.names if self.location == "query" else sources.cookies
        return self.location != "path" and not any(held.get(self.name, ()))

    def _fault(self, message: str, code: str) -> Fault:
        return Fault(
            self.location, self._pointer, message, code, to_pointer(self._origin.path), self._origin.source
        )


def _unvalidated(check: Check | None, what: str) -> tuple[str, ...]:
    if check is None:
        return (f"{what} has no schema",)
    return tuple(f"{what}: {part}" for part in check.unmodelled[:3])


def _styled(declared: model.Parameter | model.Header, location: str, shape: Any) -> Read:
    name, style, explode = declared.name, declared.style, declared.explode
    if location == "path":
        if style in _OF_QUERIES:
            return _undefined(name, style, location)
        return _path(name, style, explode, shape)
    if location == "header":
        lower = name.lower().encode("latin-1", "replace")
        plain = shape.types == _ONLY_TEXT

        def read_header(sources: Sources) -> styles.Readings:
            raw = sources.headers.get(lower)
            if raw is None:
                return ()
            return (_text(raw),) if plain else styles.header(_text(raw), explode, shape)

        return read_header
    if location == "cookie":
        return lambda sources: styles.cookie(sources.cookies, name, explode, shape)
    if style == "deepObject":
        return lambda sources: styles.deep_object(sources.query, name, shape)
    if style in ("simple", "label", "matrix"):
        return _undefined(name, style, location)
    known = style if style in ("form", "spaceDelimited", "pipeDelimited", "tabDelimited") else "form"
    return lambda sources: styles.form(sources.query, name, explode, shape, known)


def _undefined(name: str, style: str, location: str) -> Read:
    """A style that the specification does not define at this place: nobody knows how it is written."""

    def read(sources: Sources) -> styles.Readings:
        if location == "query" and name not in sources.query.names:
            return ()
        raise Malformed(
            f"the contract gives it the style {style}, which does not exist in a {location}", "style"
        )

    return read


def _text(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _path(name: str, style: str, explode: bool, shape: Any) -> Read:
    def read(sources: Sources) -> styles.Readings:
        raw = sources.path.get(name)
        if not raw:
            return ()
        if style == "label":
            return styles.label(raw, explode, shape)
        if style == "matrix":
            return styles.matrix(raw, name, explode, shape)
        return styles.simple(raw, explode, shape)

    return read


def _content(name: str, location: Place, media: str) -> Read:
    """A parameter whose value is a document of its own ("Parameter Object", `content`)."""
    as_json = "json" in media

    def read(sources: Sources) -> styles.Readings:
        text = _raw(sources, location, name)
        if text is None:
            return ()
        return (parse_json(text.encode()),) if as_json else (text,)

    return read


def _raw(sources: Sources, location: Place, name: str) -> str | None:
    if location == "header":
        field = sources.headers.get(name.lower().encode("latin-1", "replace"))
        return None if field is None else _text(field)
    if location == "path":
        held = sources.path.get(name)
        return None if held is None else decode(held)
    values = (sources.query.names if location == "query" else sources.cookies).get(name)
    if not values:
        return None
    if len(values) > 1:
        raise Malformed("the parameter is given more than once", "repeated")
    return decode(values[0], plus=location == "query")
