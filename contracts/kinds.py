"""Which specification a document follows, by its own word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from .document import Document
from .errors import UnknownSpecification

Kind: TypeAlias = Literal["openapi", "asyncapi", "arazzo", "json-schema"]

LINES: dict[Kind, tuple[str, ...]] = {
    "openapi": ("2.0", "3.0", "3.1", "3.2"),
    "asyncapi": ("2.0", "2.1", "2.2", "2.3", "2.4", "2.5", "2.6", "3.0", "3.1"),
    "arazzo": ("1.0", "1.1"),
    "json-schema": ("draft-04", "draft-06", "draft-07", "2019-09", "2020-12"),
}
"""The lines (major.minor) of each specification that Lading knows."""

_FIELDS: tuple[tuple[str, Kind], ...] = (
    ("openapi", "openapi"),
    ("swagger", "openapi"),
    ("asyncapi", "asyncapi"),
    ("arazzo", "arazzo"),
)
_VERSION = re.compile(r"(\d+\.\d+)(\.\d+)?([-+].*)?")
_DRAFT = re.compile(r"https?://json-schema\.org/draft(?:/|-)(0[467]|2019-09|2020-12)/schema#?")


@dataclass(frozen=True, slots=True)
class Specification:
    """The specification and its version; `version` as written (`3.0.3`), `line` as it matters (`3.0`)."""

    kind: Kind
    version: str
    line: str

    def __str__(self) -> str:
        names = {
            "openapi": "OpenAPI",
            "asyncapi": "AsyncAPI",
            "arazzo": "Arazzo",
            "json-schema": "JSON Schema",
        }
        return f"{names[self.kind]} {self.version}"


def detect(value: Any, source: str = "") -> Specification:
    """The specification that a parsed document names.

    A version written as a number (`openapi: 3.1` in YAML) counts, as nobody can mean anything else by it.
    Raises `UnknownSpecification`, whose pointer is the field to correct.
    """
    if not isinstance(value, dict):
        raise UnknownSpecification(
            "not-a-contract",
            f"The document is {_what(value)}, not a mapping.",
            source,
            pointer="",
            advice="A contract begins with a field like 'openapi: 3.0.3' or 'asyncapi: 3.0.0'.",
        )
    for field, kind in _FIELDS:
        if field in value:
            return _versioned(kind, field, value[field], source)
    if "swaggerVersion" in value:
        raise UnknownSpecification(
            "unknown-version",
            f"Swagger {value['swaggerVersion']} is older than what Lading reads.",
            source,
            pointer="/swaggerVersion",
            advice="Convert it to OpenAPI 3.x; the format was superseded in 2014.",
        )
    if isinstance(value.get("$schema"), str):
        return _json_schema(value["$schema"], source)
    raise UnknownSpecification(
        "unknown-specification",
        "The document does not say which specification it follows.",
        source,
        pointer="",
        advice=_missing_advice(value),
    )


def specification_of(document: Document) -> Specification:
    """`detect` for a document, with the line in the error."""
    try:
        return detect(document.value, document.source)
    except UnknownSpecification as error:
        path = (error.pointer[1:],) if error.pointer else ()
        error.line = document.line(path)
        raise


def _versioned(kind: Kind, field: str, written: Any, source: str) -> Specification:
    text = str(written) if isinstance(written, str | int | float) and not isinstance(written, bool) else None
    match = _VERSION.fullmatch(text) if text is not None else None
    if (
        text is not None
        and match
        and match[1] in LINES[kind]
        and (field == "swagger") == (match[1] == "2.0" and kind == "openapi")
    ):
        return Specification(kind, text, match[1])
    known = (
        ["2.0"]
        if field == "swagger"
        else [line for line in LINES[kind] if (kind, line) != ("openapi", "2.0")]
    )
    shown = repr(text) if text is not None else _what(written)
    raise UnknownSpecification(
        "unknown-version",
        f"The field '{field}' says {shown}, which is no version that Lading reads.",
        source,
        pointer=f"/{field}",
        advice=f"Known are {', '.join(known)}, each with any patch number.",
    )


def _json_schema(identifier: str, source: str) -> Specification:
    match = _DRAFT.fullmatch(identifier)
    if match is None:
        raise UnknownSpecification(
            "unknown-version",
            f"The field '$schema' says {identifier!r}, which is no JSON Schema draft that Lading reads.",
            source,
            pointer="/$schema",
            advice="Known are draft-04, -06, -07, 2019-09 and 2020-12, by their published addresses.",
        )
    line = match[1] if len(match[1]) > 2 else f"draft-{match[1]}"
    return Specification("json-schema", line, line)


def _missing_advice(value: dict[str, Any]) -> str:
    if "paths" in value or "webhooks" in value:
        return (
            "It looks like OpenAPI: add the field 'openapi' with its version, for example 'openapi: 3.0.3'."
        )
    if "channels" in value:
        return "It looks like AsyncAPI: add the field 'asyncapi' with its version, for example 'asyncapi: 3.0.0'."
    return "Add one of the fields 'openapi', 'swagger', 'asyncapi', 'arazzo' or '$schema' at the top."


def _what(value: Any) -> str:
    if value is None:
        return "empty"
    names = {
        list: "a list",
        dict: "a mapping",
        str: "text",
        bool: "a boolean",
        int: "a number",
        float: "a number",
    }
    return names.get(type(value), "a " + type(value).__name__)
