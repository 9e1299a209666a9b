"""The rules that openapi-spec-validator knows, with their places, and without anything read elsewhere."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from contracts.document import parse
from contracts.references import DocumentSet, from_files, load
from contracts.validity import meaning

INFO = {"title": "Orders", "version": "1"}
OK = {"200": {"description": "Good."}}


def documents(value: dict[str, Any], line: str = "3.0") -> DocumentSet:
    said = {"swagger": "2.0"} if line == "2.0" else {"openapi": f"{line}.0"}
    return load(parse(orjson.dumps({**said, "info": INFO, "paths": {}, **value}), "api.json"))


def told(value: dict[str, Any], line: str = "3.0") -> list[tuple[str, tuple[Any, ...]]]:
    return [(flaw.code, flaw.path) for flaw in meaning.flaws(documents(value, line), line)]


@pytest.mark.parametrize("line", ["2.0", "3.0", "3.1", "3.2"])
def test_operations_and_parameters(line: str) -> None:
    get = {"operationId": "a", "responses": OK}
    assert told({"paths": {"/a": {"get": get}, "/b": {"get": get}}}, line) == [
        ("duplicate-operation-id", ("paths", "/b", "get"))
    ]
    assert told({"paths": {"/a/{id}": {"get": get}}}, line) == [
        ("path-parameter", ("paths", "/a/{id}", "get"))
    ]
    kind = {"type": "string"} if line == "2.0" else {"schema": {"type": "string"}}
    key = {"name": "id", "in": "path", "required": True, **kind}
    assert told({"paths": {"/a/{id}": {"get": {**get, "parameters": [key]}}}}, line) == []
    assert told({"paths": {"/a/{id}": {"get": {**get, "parameters": [key, key]}}}}, line) == [
        ("duplicate-parameter", ("paths", "/a/{id}", "get", "parameters"))
    ]


def test_a_template_with_an_odd_brace_is_no_crash() -> None:
    assert told({"paths": {"/a/{id": {"get": {"responses": OK}}}}) == []


@pytest.mark.parametrize("line", ["3.0", "3.1", "3.2"])
def test_a_default_must_fit(line: str) -> None:
    schemas = {"A": {"type": "object", "properties": {"b": {"type": "integer", "default": "many"}}}}
    assert told({"components": {"schemas": schemas}}, line) == [
        ("default", ("components", "schemas", "A", "properties", "b", "default"))
    ]


def test_required_may_name_what_is_not_described() -> None:
    schemas = {"A": {"allOf": [{"type": "object"}], "required": ["undescribed"]}}
    assert told({"components": {"schemas": schemas}}) == []


def test_alternatives_that_multiply_are_given_up() -> None:
    schemas: dict[str, Any] = {
        f"S{index}": {"oneOf": [{"$ref": f"#/components/schemas/S{index + 1}"}] * 2} for index in range(60)
    }
    schemas["S60"] = {"type": "string"}
    schemas["A"] = {"default": 7, "allOf": [{"$ref": "#/components/schemas/S0"}]}
    with pytest.raises(meaning.Exhausted):
        told({"components": {"schemas": schemas}})


def test_other_files_of_the_contract_are_followed() -> None:
    root = {
        "openapi": "3.0.0",
        "info": INFO,
        "paths": {"/a/{id}": {"get": {"responses": OK, "parameters": [{"$ref": "parts/id.json#/id"}]}}},
    }
    part = {
        "id": {"name": "id", "in": "path", "required": True, "schema": {"type": "integer", "default": "x"}}
    }
    files = {"api.json": orjson.dumps(root), "parts/id.json": orjson.dumps(part)}
    found = list(meaning.flaws(from_files(files, "api.json"), "3.0"))
    assert [flaw.code for flaw in found] == ["default"]


def test_nothing_is_fetched() -> None:
    path = {"get": {"responses": {"200": {"$ref": "file:///etc/hostname"}}}}
    with pytest.raises(Exception, match="file:///etc/hostname"):
        told({"paths": {"/a": path}})
