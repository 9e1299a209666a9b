"""Schemas, bindings and tags of AsyncAPI."""

import pytest

from contracts.asyncapi.context import Context
from contracts.tolerant import Reader
from tests.contracts.made import documents


def context(text: str, line: str = "3.0") -> Context:
    return Context(Reader(documents(text)), line, None)


@pytest.mark.parametrize(
    ("written", "line", "given", "dialect", "path"),
    [
        ("a: {type: object}", "3.0", None, "asyncapi", ("a",)),
        ("a: true", "3.0", None, "asyncapi", ("a",)),
        (
            "a: {schemaFormat: 'application/vnd.apache.avro;version=1.9.0', schema: {type: record}}",
            "3.0",
            None,
            "avro",
            ("a", "schema"),
        ),
        (
            "a: {$ref: '#/b'}\nb: {schemaFormat: 'application/schema+json;version=draft-07', schema: {}}",
            "3.0",
            None,
            "json-schema-draft-07",
            ("b", "schema"),
        ),
        ("a: {$ref: '#/b'}\nb: {type: object}", "3.0", None, "asyncapi", ("a",)),
        ("a: {}", "2.6", "application/vnd.oai.openapi;version=3.0.0", "openapi-3.0", ("a",)),
        ("a: syntax", "2.6", "application/vnd.google.protobuf;version=3", "protobuf", ("a",)),
        (
            "a: {$schema: 'http://json-schema.org/draft-07/schema'}",
            "2.6",
            None,
            "json-schema-draft-07",
            ("a",),
        ),
    ],
)
def test_schemas(written: str, line: str, given: str | None, dialect: str, path: tuple[str, ...]) -> None:
    made = context(written, line)
    found = made.schema(made.reader.documents.top.child("a"), given)
    assert found is not None
    assert (found.dialect, found.origin.path) == (dialect, path)
    assert made.reader.problems == []


@pytest.mark.parametrize("written", ["a: 3", "a: {schemaFormat: x}", "a: [x]"])
def test_what_is_no_schema_is_a_problem(written: str) -> None:
    made = context(written)
    assert made.schema(made.reader.documents.top.child("a")) is None
    assert len(made.reader.problems) == 1


def test_bindings_and_tags_follow_references() -> None:
    made = context(
        "a: {kafka: {$ref: '#/k'}, x-no: 1}\nk: {key: {type: string}}\nt: [{name: one}, {$ref: '#/two'}]\ntwo: {name: two}"
    )
    top = made.reader.documents.top
    assert made.bindings(top.child("a")) == {"kafka": {"key": {"type": "string"}}}
    assert made.tags(top.child("t")) == ("one", "two")
    assert made.bindings(None) == {}
    assert made.tags(None) == ()


def test_a_scheme_that_is_written_out_goes_by_the_name_of_the_component_that_it_repeats() -> None:
    text = """
security:
  - {type: oauth2, flows: {implicit: {authorizationUrl: 'https://a'}}, scopes: [read], description: Again}
  - {type: userPassword}
components:
  securitySchemes:
    supported: {type: oauth2, flows: {implicit: {authorizationUrl: 'https://a'}}}
"""
    made = context(text)
    assert made.security(made.reader.documents.top) == ({"supported": ("read",)}, {"userPassword": ()})
