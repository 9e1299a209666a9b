"""The names of schema dialects, and how documents refer to them."""

from __future__ import annotations

import re
from typing import Any

from contracts.kinds import Specification

DRAFTS = {
    "04": "json-schema-draft-04",
    "06": "json-schema-draft-06",
    "07": "json-schema-draft-07",
    "2019-09": "json-schema-2019-09",
    "2020-12": "json-schema-2020-12",
}
_META = re.compile(r"https?://json-schema\.org/draft[/-](0[467]|2019-09|2020-12)/schema#?")
_OAS = re.compile(r"https?://spec\.openapis\.org/oas/3\.[12]/dialect/\S+")
_MEDIA = re.compile(
    r"application/(?:vnd\.)?(?:(aai\.asyncapi|oai\.openapi|apache\.avro|raml|google\.protobuf)|schema)",
    re.IGNORECASE,
)


def of_schema_uri(uri: Any) -> str | None:
    """The dialect that a `$schema` or `jsonSchemaDialect` names; the URI itself where it is not known."""
    if not isinstance(uri, str) or not uri:
        return None
    match = _META.fullmatch(uri)
    if match:
        return DRAFTS[match[1]]
    return "json-schema-2020-12" if _OAS.fullmatch(uri) else uri


def of_openapi(specification: Specification, declared: Any = None) -> str:
    """The dialect of an OpenAPI document's schemas; `declared` is its `jsonSchemaDialect`."""
    if specification.line in ("2.0", "3.0"):
        return f"openapi-{specification.line}"
    return of_schema_uri(declared) or "json-schema-2020-12"


def of_schema_format(media_type: Any) -> str:
    """The dialect that AsyncAPI's `schemaFormat` names; the media type itself where it is not known.

    AsyncAPI 2.6.0 and 3.0.0, "Schema formats table".
    """
    if not isinstance(media_type, str) or not media_type:
        return "asyncapi"
    match = _MEDIA.match(media_type.replace(" ", ""))
    if match is None:
        return media_type
    version = _version(media_type)
    if match[1] is None:
        return DRAFTS.get(version.removeprefix("draft-"), DRAFTS["07"] if not version else media_type)
    family = match[1].lower()
    if family == "oai.openapi":
        line = ".".join(version.split(".")[:2]) or "3.0"
        return "json-schema-2020-12" if line in ("3.1", "3.2") else f"openapi-{line}"
    return {"aai.asyncapi": "asyncapi", "apache.avro": "avro", "raml": "raml", "google.protobuf": "protobuf"}[
        family
    ]


def _version(media_type: str) -> str:
    found = re.search(r"version=\"?([^;\"]+)", media_type.replace(" ", ""))
    return found[1] if found else ""
