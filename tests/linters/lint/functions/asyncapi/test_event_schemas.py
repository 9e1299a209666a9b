from __future__ import annotations

from typing import Any

import pytest

from tests.linters.lint.linting import ask


def told(check: str, schema: Any, version: str = "3.0.0", place: str = "schemas") -> list[Any]:
    root = {"asyncapi": version, "components": {place: {"x": schema}}}
    found = ask("eventSchemas", schema, {"check": check}, ("components", place, "x"), root=root)
    return ["/".join(map(str, problem.below)) for problem in found]


def wrapped(schema_format: str, schema: Any) -> dict[str, Any]:
    return {"schemaFormat": schema_format, "schema": schema}


OPENAPI, DRAFT = "application/vnd.oai.openapi;version=3.0.0", "application/schema+json;version=draft-"


@pytest.mark.parametrize(
    ("schema", "bad"),
    [
        ({"type": "string"}, []),
        ({"type": "text"}, ["type"]),
        ({"$ref": "#/components/schemas/y"}, []),
        (wrapped(DRAFT + "04", {"minimum": 1, "exclusiveMinimum": True}), []),
        (wrapped(DRAFT + "06", {"exclusiveMinimum": True}), ["schema/exclusiveMinimum"]),
        (wrapped(DRAFT + "07", {"if": 1}), ["schema/if"]),
        (wrapped(DRAFT + "2019-09", {"$anchor": 1}), ["schema/$anchor"]),
        (wrapped(DRAFT + "2020-12", {"prefixItems": {}}), ["schema/prefixItems"]),
        (wrapped(OPENAPI, {"nullable": "yes"}), ["schema/nullable"]),
        (wrapped("application/vnd.apache.avro", {"type": 1}), []),
    ],
)
def test_a_schema_is_one_of_its_language(schema: Any, bad: list[str]) -> None:
    assert told("valid", schema) == bad


@pytest.mark.parametrize(
    ("schema", "bad"),
    [
        ({"type": "string", "default": 1}, ["default"]),
        ({"type": "string", "examples": ["a", 1]}, ["examples/1"]),
        ({"properties": {"a": {"type": "string", "default": 1}}}, ["properties/a/default"]),
        ({"items": [{"type": "string", "default": 1}]}, ["items/0/default"]),
        ({"items": {"allOf": [{"type": "string", "default": 1}]}}, ["items/allOf/0/default"]),
        ({"not": {"type": "string", "default": 1}}, ["not/default"]),
        ({"type": "object", "properties": {"a": {"type": "string"}}, "default": {"a": 1}}, ["default/a"]),
        ({"$ref": "#/nowhere", "default": 1}, []),
        ({"properties": {"default": {"type": "string"}}}, []),
        (
            wrapped(OPENAPI, {"type": "string", "nullable": True, "default": None, "example": 1}),
            ["schema/example"],
        ),
        (wrapped("application/vnd.apache.avro", {"type": "int", "default": "x"}), []),
    ],
)
def test_defaults_and_examples_fit(schema: Any, bad: list[str]) -> None:
    assert told("values", schema) == bad


@pytest.mark.parametrize(
    ("schema_format", "judged"),
    [
        (DRAFT + "07", True),
        (OPENAPI, True),
        ("application/vnd.aai.asyncapi+json;version=3.0.0", True),
        ("application/vnd.apache.avro+json;version=1.9.0", False),
        ("application/raml+yaml;version=1.0", False),
        ("application/vnd.google.protobuf;version=2", False),
        ("text/plain", False),
    ],
)
def test_what_is_not_judged_is_said(schema_format: str, judged: bool) -> None:
    assert told("judged", wrapped(schema_format, {})) == ([] if judged else ["schemaFormat"])


def test_a_message_is_judged_by_its_parts() -> None:
    message = {"payload": {"type": "text"}, "traits": [{"headers": {"type": 1}}]}
    assert told("valid", message, place="messages") == ["payload/type", "traits/0/headers/type"]


def test_a_document_of_another_kind_is_not_judged() -> None:
    assert told("valid", {"type": "text"}, version="7.0.0") == []
    assert told("valid", "x") == []
