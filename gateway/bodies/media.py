"""Media types: parsed, and matched against the types and ranges that a contract declares (RFC 9110 section 8.3)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from gateway.malformed import Malformed

_TOKEN = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_TYPE = re.compile(rf"\s*({_TOKEN})/({_TOKEN})\s*")


def _parameter(unquoted: str) -> re.Pattern[str]:
    return re.compile(rf"\s*;\s*(?:({_TOKEN})=(?:({unquoted})|\"((?:[^\"\\]|\\.)*)\")?)?\s*")


_PARAMETER = _parameter(_TOKEN)
_LENIENT = _parameter(r'[^;\s"]+')


@dataclass(frozen=True, slots=True)
class MediaType:
    """`type/subtype` in lower case, and its parameters with names in lower case."""

    name: str
    parameters: Mapping[str, str]

    @property
    def kind(self) -> str:
        """How a body of the type is read: json, ndjson, form, multipart, xml, text or octets."""
        return kind_of(self.name)


@lru_cache(maxsize=1024)
def parse_media_type(text: str, lenient: bool = False) -> MediaType:
    """The media type of a `Content-Type` field. Raises `Malformed`.

    Values of parameters are tokens or quoted; if lenient, also anything without blanks, quotes and semicolons.
    A parameter that comes twice, and a boundary in pieces (RFC 2231), would be read differently by different readers.
    """
    match = _TYPE.match(text)
    if match is None or len(text) > 1000:
        raise Malformed("the Content-Type is not a media type", "content-type")
    position, pattern = match.end(), _LENIENT if lenient else _PARAMETER
    parameters: dict[str, str] = {}
    while position < len(text):
        found = pattern.match(text, position)
        if found is None or found.end() == position:
            raise Malformed("the Content-Type's parameters are not well formed", "content-type")
        if found[1]:
            name, quoted = found[1].lower(), found[3]
            value = re.sub(r"\\(.)", r"\1", quoted) if quoted is not None else found[2] or ""
            if parameters.setdefault(name, value) != value or name.startswith("boundary*"):
                raise Malformed("the Content-Type gives a parameter twice, or in pieces", "content-type")
        position = found.end()
    return MediaType(f"{match[1]}/{match[2]}".lower(), parameters)


def kind_of(name: str) -> str:
    """How bodies of a media type are read."""
    if name in ("application/json", "text/json") or name.endswith("+json"):
        return "json"
    if name in (
        "application/x-ndjson",
        "application/jsonl",
        "application/x-jsonlines",
        "application/json-seq",
    ):
        return "ndjson"
    if name == "application/x-www-form-urlencoded":
        return "form"
    if name.startswith("multipart/"):
        return "multipart"
    if name in ("application/xml", "text/xml") or name.endswith("+xml"):
        return "xml"
    return "text" if name.startswith("text/") else "octets"


Held = TypeVar("Held")


class Choices(Generic[Held]):
    """Declared media types and ranges, each with something that belongs to it.

    The most specific one wins: with its parameters, without, `type/*`, `*/*`.
    """

    __slots__ = ("_exact", "_plain", "_ranges", "_with_parameters", "names")

    def __init__(self, declared: Iterable[tuple[str, Held]]) -> None:
        self._exact: dict[str, Held] = {}
        self._plain: set[str] = set()
        self._ranges: dict[str, Held] = {}
        self._with_parameters: list[tuple[MediaType, Held]] = []
        names = []
        for text, held in declared:
            names.append(text)
            name = text.partition(";")[0].strip().lower()
            if name.endswith("/*") or name == "*":
                self._ranges["*/*" if name == "*" else name] = held
                continue
            if ";" in text:
                try:
                    self._with_parameters.append((parse_media_type(text), held))
                except Malformed:
                    self._exact.setdefault(name, held)
                    continue
                self._exact.setdefault(name, held)
            else:
                self._exact[name] = held
                self._plain.add(name)
        self.names = tuple(names)

    @property
    def held(self) -> Iterator[Held]:
        """Everything that belongs to a type or range, some of it perhaps twice."""
        yield from self._exact.values()
        yield from self._ranges.values()
        yield from (held for _, held in self._with_parameters)

    def find(self, media: MediaType) -> Held | None:
        """What belongs to the best match for a media type; None where nothing matches."""
        conflict = False
        for declared, held in self._with_parameters:
            if declared.name == media.name:
                if _agree(declared.parameters, media.parameters):
                    return held
                conflict = conflict or _conflict(declared.parameters, media.parameters)
        if conflict and media.name not in self._plain:
            return None
        found = self._exact.get(media.name)
        if found is not None:
            return found
        if self._ranges:
            family = media.name.partition("/")[0] + "/*"
            return self._ranges.get(family) or self._ranges.get("*/*")
        return None


@lru_cache(maxsize=1024)
def acceptable(accept: str, declared: tuple[str, ...]) -> bool:
    """Whether an Accept field admits one of the declared types (RFC 9110 section 12.5.1). One that cannot be read
    admits all.
    """
    try:
        ranges = [parse_media_type(part) for part in accept.split(",") if part.strip()]
    except Malformed:
        return True
    admitted = [one.name for one in ranges if not _is_zero(one.parameters.get("q", ""))]
    names = [name.partition(";")[0].strip().lower() for name in declared]
    return any(_meets(wanted, name) for wanted in admitted for name in names)


def _is_zero(weight: str) -> bool:
    return re.fullmatch(r"0(?:\.0*)?", weight) is not None


def _meets(wanted: str, name: str) -> bool:
    if "*/*" in (wanted, name) or wanted == name:
        return True
    family, _, kind = wanted.partition("/")
    other, _, its_kind = name.partition("/")
    return family == other and "*" in (kind, its_kind)


def _conflict(declared: Mapping[str, str], given: Mapping[str, str]) -> bool:
    return any(name in given and given[name].lower() != value.lower() for name, value in declared.items())


def _agree(declared: Mapping[str, str], given: Mapping[str, str]) -> bool:
    return all(given.get(name, "").lower() == value.lower() for name, value in declared.items())
