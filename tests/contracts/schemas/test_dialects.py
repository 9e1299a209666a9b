"""Dialects by every name that documents use for them."""

import pytest

from contracts.kinds import detect
from contracts.schemas.dialects import of_openapi, of_schema_format, of_schema_uri


@pytest.mark.parametrize(
    ("media_type", "dialect"),
    [
        (None, "asyncapi"),
        ("application/vnd.aai.asyncapi;version=2.6.0", "asyncapi"),
        ("application/vnd.aai.asyncapi+json; version=3.0.0", "asyncapi"),
        ("application/schema+json;version=draft-07", "json-schema-draft-07"),
        ("application/schema+yaml; version=draft-07", "json-schema-draft-07"),
        ("application/schema+json;version=2020-12", "json-schema-2020-12"),
        ("application/schema+json", "json-schema-draft-07"),
        ("application/vnd.oai.openapi;version=3.0.0", "openapi-3.0"),
        ("application/vnd.oai.openapi+json;version=3.1.0", "json-schema-2020-12"),
        ("application/vnd.apache.avro;version=1.9.0", "avro"),
        ("application/vnd.apache.avro+yaml;version=1.9.0", "avro"),
        ("application/raml+yaml;version=1.0", "raml"),
        ("application/vnd.google.protobuf;version=3", "protobuf"),
        ("application/x-own", "application/x-own"),
        ("application/schema+json;version=draft-99", "application/schema+json;version=draft-99"),
    ],
)
def test_schema_formats(media_type: str | None, dialect: str) -> None:
    assert of_schema_format(media_type) == dialect


@pytest.mark.parametrize(
    ("uri", "dialect"),
    [
        ("http://json-schema.org/draft-04/schema#", "json-schema-draft-04"),
        ("http://json-schema.org/draft-06/schema#", "json-schema-draft-06"),
        ("https://json-schema.org/draft/2019-09/schema", "json-schema-2019-09"),
        ("https://json-schema.org/draft/2020-12/schema", "json-schema-2020-12"),
        ("https://spec.openapis.org/oas/3.1/dialect/base", "json-schema-2020-12"),
        ("https://spec.openapis.org/oas/3.2/dialect/2025-09-17", "json-schema-2020-12"),
        ("https://example.com/x", "https://example.com/x"),
        ("", None),
        (None, None),
        (3, None),
    ],
)
def test_schema_uris(uri: object, dialect: str | None) -> None:
    assert of_schema_uri(uri) == dialect


def test_openapi() -> None:
    assert of_openapi(detect({"swagger": "2.0"}), "http://json-schema.org/draft-07/schema") == "openapi-2.0"
    assert of_openapi(detect({"openapi": "3.0.0"})) == "openapi-3.0"
    assert of_openapi(detect({"openapi": "3.2.0"})) == "json-schema-2020-12"
