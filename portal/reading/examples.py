"""An example for a schema: one that the contract gives, or one put together from what it says of each part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from contracts.errors import UnresolvableReference
from contracts.model import MediaType, Schema
from contracts.references import DocumentSet, Located

from . import wording
from .merging import Merged, Stack, follow, merge

MOST_NODES = 300
_FORMATS: Mapping[str, str] = {
    "date-time": "2026-11-23T09:30:00Z",
    "date": "2026-11-23",
    "time": "09:30:00Z",
    "duration": "P2D",
    "uuid": "018f3f6e-6a5b-7c2d-9e1f-2a3b4c5d6e7f",
    "email": "dispatch@example.com",
    "uri": "https://example.com/",
    "url": "https://example.com/",
    "uri-reference": "/orders/1",
    "hostname": "example.com",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
}
_NOTHING = object()


@dataclass(frozen=True, slots=True)
class Example:
    """`made` is false where the contract gives the example itself."""

    name: str
    value: Any
    made: bool


def of_media(documents: DocumentSet, media: MediaType) -> tuple[Example, ...]:
    """The examples of a body: those given, else one that is made. None where nothing can be said."""
    given = tuple(_given(documents, media.raw, media.origin.source))
    if given:
        return given[:5]
    schema = media.schema or media.item_schema
    made = of_schema(documents, schema) if schema else None
    return (made,) if made else ()


def of_schema(documents: DocumentSet, schema: Schema) -> Example | None:
    """An example for a schema; None for one that no example can be made of."""
    if not isinstance(schema.value, dict) or schema.dialect in ("avro", "raml", "protobuf"):
        return None
    located = Located(schema.value, schema.origin.source, schema.origin.path)
    maker = _Maker(documents)
    value = maker.make(located, frozenset())
    return None if value is _NOTHING else Example("", value, made=True)


def _given(documents: DocumentSet, raw: Mapping[str, Any], source: str) -> Iterable[Example]:
    if "example" in raw:
        yield Example("", raw["example"], made=False)
    several = raw.get("examples")
    if isinstance(several, dict):
        for name, entry in several.items():
            try:
                target, _ = follow(documents, Located(entry, source, ()))
            except UnresolvableReference:
                continue  # the reference itself is among the contract's problems
            if isinstance(target.value, dict):
                for key in ("value", "dataValue", "serializedValue"):
                    if key in target.value:
                        yield Example(str(name), target.value[key], made=False)
                        break


class _Maker:
    def __init__(self, documents: DocumentSet) -> None:
        self._documents = documents
        self._left = MOST_NODES

    def make(self, located: Located, above: Stack) -> Any:
        self._left -= 1
        if self._left < 0:
            return _NOTHING
        merged = merge(self._documents, located)
        if merged.places & above or merged.problem or merged.never:
            return _NOTHING
        given = _written(merged.keywords)
        if given is not _NOTHING:
            return given
        above = above | merged.places
        names = wording.types(merged.keywords | ({"properties": {}} if merged.properties else {}))
        if "object" in names:
            return self._object(merged, above)
        if "array" in names:
            return self._array(merged, above)
        if merged.variants and not names:
            return next(
                (v for _, place in merged.variants if (v := self.make(place, above)) is not _NOTHING),
                _NOTHING,
            )
        return _scalar(names[0] if names else "", merged.keywords)

    def _object(self, merged: Merged, above: Stack) -> dict[str, Any]:
        made = {}
        for name, place in merged.properties.items():
            value = self.make(place, above)
            if value is not _NOTHING:
                made[name] = value
        for _, place in merged.variants[:1]:
            variant = self.make(place, above)
            if isinstance(variant, dict):
                made |= variant
        return made

    def _array(self, merged: Merged, above: Stack) -> Any:
        if not isinstance(merged.keywords.get("items"), dict):
            return []
        value = self.make(merged.located["items"], above)
        return [] if value is _NOTHING else [value]


def _written(keywords: Mapping[str, Any]) -> Any:
    examples = keywords.get("examples")
    if isinstance(examples, list) and examples:
        return examples[0]
    for key in ("example", "const", "default"):
        if key in keywords:
            return keywords[key]
    values = keywords.get("enum")
    return values[0] if isinstance(values, list) and values else _NOTHING


def _scalar(name: str, keywords: Mapping[str, Any]) -> Any:
    if name == "string":
        text = _FORMATS.get(str(keywords.get("format")), "text")
        most = keywords.get("maxLength")
        return text[:most] if isinstance(most, int) and text == "text" else text
    if name in ("integer", "number"):
        low = keywords.get("minimum", keywords.get("exclusiveMinimum"))
        return low if isinstance(low, int | float) and not isinstance(low, bool) else 1
    if name == "boolean":
        return True
    return None if wording.is_nullable(keywords) else _NOTHING
