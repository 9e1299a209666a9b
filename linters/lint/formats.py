"""Which kinds of document a rule is for: Spectral's formats, and those that came after it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

from linters.lint.javascript import to_string

Test: TypeAlias = Callable[[dict[str, Any]], bool]

_JSON_SCHEMA = re.compile(
    r"https?://json-schema\.org/(?:draft-0[467]/|draft/20(?:19-09|20-12)/)?(?:hyper-)?schema#?"
)
_TYPES = frozenset({"any", "array", "boolean", "integer", "null", "number", "object", "string"})


def _field(name: str, pattern: str) -> Test:
    matches = re.compile(pattern).fullmatch
    return lambda document: name in document and matches(to_string(document[name])) is not None


def _schema_draft(draft: str) -> Test:
    return _field("$schema", rf"https?://json-schema\.org/{re.escape(draft)}/(?:hyper-)?schema#?")


def _is_schema(document: dict[str, Any]) -> bool:
    address = document.get("$schema")
    return isinstance(address, str) and _JSON_SCHEMA.fullmatch(address) is not None


def _looks_like_schema(document: dict[str, Any]) -> bool:
    kind = document.get("type")
    return (
        _is_schema(document)
        or (isinstance(kind, str) and kind in _TYPES)
        or any(isinstance(document.get(key), list) for key in ("allOf", "anyOf", "oneOf", "enum"))
        or isinstance(document.get("not"), dict)
    )


_PATCH = r"\.(?:0|[1-9]\d*)"

FORMATS: dict[str, Test] = {
    "oas2": _field("swagger", r"\s*2(?!\d).*"),
    "oas3": _field("openapi", r"\s*3(?!\d).*"),
    **{f"oas3.{minor}": _field("openapi", rf"3\.{minor}(?:\.[0-9]*)?") for minor in range(3)},
    "asyncapi2": _field("asyncapi", rf"2\.\d+{_PATCH}"),
    **{f"aas2_{minor}": _field("asyncapi", rf"2\.{minor}{_PATCH}") for minor in range(7)},
    "aas3": _field("asyncapi", rf"3\.\d+{_PATCH}"),
    **{f"aas3_{minor}": _field("asyncapi", rf"3\.{minor}{_PATCH}") for minor in range(2)},
    "arazzo1": _field("arazzo", rf"1\.\d+{_PATCH}"),
    **{f"arazzo1.{minor}": _field("arazzo", rf"1\.{minor}{_PATCH}") for minor in range(2)},
    "json-schema": _is_schema,
    "json-schema-loose": _looks_like_schema,
    **{f"json-schema-draft{number}": _schema_draft(f"draft-0{number}") for number in (4, 6, 7)},
    **{f"json-schema-{draft}": _schema_draft(f"draft/{draft}") for draft in ("2019-09", "2020-12")},
}
"""Each format by its name in rulesets, and how a document is known to have it."""

ALIASES: dict[str, str] = {
    "aas2": "asyncapi2",
    "asyncapi3": "aas3",
    **{f"oas3_{minor}": f"oas3.{minor}" for minor in range(3)},
    **{f"arazzo1_{minor}": f"arazzo1.{minor}" for minor in range(2)},
    "jsonSchema": "json-schema",
    "jsonSchemaLoose": "json-schema-loose",
    **{f"jsonSchemaDraft{number}": f"json-schema-draft{number}" for number in (4, 6, 7)},
    "jsonSchemaDraft2019_09": "json-schema-2019-09",
    "jsonSchemaDraft2020_12": "json-schema-2020-12",
}
"""Other names of formats: those that Spectral's packages export, and some that people write."""


def canonical(name: str) -> str | None:
    """A format's name by any of its names; None for what is no format."""
    name = ALIASES.get(name, name)
    return name if name in FORMATS else None


def detect(document: Any, formats: Iterable[str]) -> frozenset[str]:
    """Those of `formats` (canonical names) that a document has."""
    if not isinstance(document, dict):
        return frozenset()
    return frozenset(name for name in formats if FORMATS[name](document))
