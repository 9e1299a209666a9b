"""A declared body: the content of one message, decoded and judged by its media type."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from contracts import model
from contracts.pointers import to_pointer
from contracts.schemas import Direction
from gateway.acceptors.acceptor import KNOWN, UNKNOWN
from gateway.checks.check import Check, Checks
from gateway.checks.coercion import readings, unquoted
from gateway.checks.shape import ANY, Shape
from gateway.malformed import Malformed
from gateway.rules import Rules
from gateway.verdicts import Bounds, Fault

from .forms import parse_form, require_text, reserved_fields
from .jsons import parse_json
from .media import Choices, MediaType, kind_of
from .multiparts import parse_form_data
from .xmls import parse_xml

_DEPTH = 24
"""Levels of XML, and of JSON whose numbers may be text, whose kinds are known; text further down is taken for text."""


class Content:
    """A body of one media type. `check` is None where the contract gives it no schema."""

    __slots__ = ("_encodings", "_kind", "_origin", "_shape", "_unquotes", "check", "name", "unvalidated")

    def __init__(self, declared: model.MediaType, checks: Checks, direction: Direction) -> None:
        self.name = declared.name
        self._kind = kind_of(declared.name.partition(";")[0].strip().lower())
        schema = declared.schema
        if schema is None and self._kind == "ndjson":
            schema = declared.item_schema
        self.check: Check | None = checks.make(schema, direction) if schema is not None else None
        self._encodings: Mapping[str, model.Encoding] = declared.encoding
        self._origin = declared.origin
        self._shape: Shape = ANY
        if self.check is not None and (self._kind == "xml" or checks.text_scalars):
            self._shape = self.check.shape_to(_DEPTH)
        self._unquotes = checks.text_scalars
        self.unvalidated = self._blind_spots()

    def _blind_spots(self) -> tuple[str, ...]:
        if self.check is None:
            return (f"content of {self.name} has no schema",)
        if self._kind == "octets" and self.check.shape.stated and not self.check.shape.scalar:
            return (f"content of {self.name} is not looked into",)
        return tuple(f"content of {self.name}: {part}" for part in self.check.unmodelled[:3])

    def judge(self, body: bytes, media: MediaType, rules: Rules, bounds: Bounds) -> tuple[Fault, ...]:
        """What is wrong with a body; empty where nothing is."""
        kind = media.kind if self._kind == "octets" else self._kind
        if kind == "json":
            check = self.check
            known = check.acceptor.judge(body) if check is not None else UNKNOWN
            return () if known == KNOWN else self._json(body, bounds.faults, known)
        if not rules.content_parts:
            return ()
        try:
            return self._other(kind, body, media, rules, bounds)
        except Malformed as error:
            return (self._malformed(error),)

    def _json(self, body: bytes, limit: int, known: int) -> tuple[Fault, ...]:
        """What parser and validator find wrong. `known` is what the compiled schema made of the text."""
        found = self._read(body, limit)
        if found and known != UNKNOWN and self.check is not None:
            self.check.acceptor.refuted()
        return found

    def _read(self, body: bytes, limit: int) -> tuple[Fault, ...]:
        try:
            value = parse_json(body)
        except Malformed as error:
            return (self._malformed(error),)
        check = self.check
        if check is None:
            return ()
        found = check.judge(value, "body", "", limit)
        if found and self._unquotes:
            return check.judge(unquoted(value, self._shape), "body", "", limit)
        return found

    def _other(
        self, kind: str, body: bytes, media: MediaType, rules: Rules, bounds: Bounds
    ) -> tuple[Fault, ...]:
        check = self.check
        value: Any
        if kind == "ndjson":
            return self._lines(body, bounds)
        if kind == "xml":
            value = parse_xml(body, self._shape, bounds.elements)
            return () if check is None else self._against(check, value, bounds)
        if check is None:
            return ()
        if kind == "form":
            if rules.reserved == "refuse" and (names := reserved_fields(body, self._encodings, bounds.parts)):
                return (
                    Fault(
                        "body",
                        to_pointer((names[0],)),
                        "it holds reserved characters that are not percent-encoded",
                        "reserved",
                    ),
                )
            return self._against(check, parse_form(body, check.shape, self._encodings, bounds.parts), bounds)
        if kind == "multipart":
            boundary = media.parameters.get("boundary", "")
            lenient = rules.multipart == "lenient"
            value = parse_form_data(
                body, boundary, check.shape, self._encodings, bounds.parts, lenient=lenient
            )
            return self._against(check, value, bounds)
        if kind == "text":
            return self._text(check, require_text(body, media.parameters.get("charset", "")), bounds)
        if check.shape.scalar:
            return self._against(check, body.decode("latin-1"), bounds)
        return ()

    def _lines(self, body: bytes, bounds: Bounds) -> tuple[Fault, ...]:
        """Newline-delimited JSON and JSON text sequences (RFC 7464): one value a line."""
        separator = b"\x1e" if b"\x1e" in body[:1] else b"\n"
        for number, line in enumerate(part for part in body.split(separator) if part.strip()):
            value = parse_json(line)
            if self.check is not None and (
                found := self.check.judge(value, "body", f"/{number}", bounds.faults)
            ):
                return found
        return ()

    def _text(self, check: Check, text: str, bounds: Bounds) -> tuple[Fault, ...]:
        for reading in readings(text, check.shape):
            if check.accepts(reading):
                return ()
        return check.faults(text, "body", "", bounds.faults)

    def _against(self, check: Check, value: Any, bounds: Bounds) -> tuple[Fault, ...]:
        return check.judge(value, "body", "", bounds.faults)

    def _malformed(self, error: Malformed) -> Fault:
        return Fault(
            "body", "", error.message, error.code, to_pointer(self._origin.path), self._origin.source
        )


def contents(
    declared: Mapping[str, model.MediaType], checks: Checks, direction: Direction
) -> Choices[Content]:
    """The bodies that a request or response declares, by media type."""
    return Choices((name, Content(media, checks, direction)) for name, media in declared.items())
