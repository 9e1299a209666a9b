from __future__ import annotations

from typing import Any

import pytest

from tests.linters.lint.linting import places, run


def rule(kind: str, version: int = 3, given: str = "$.target") -> dict[str, Any]:
    options = {"schemaField": "schema" if kind == "media" else "$", "oasVersion": version, "type": kind}
    then = {"function": "oasExample", "functionOptions": options}
    return {"r": {"formats": ["oas2", "oas3", "oas3.1"], "given": given, "then": then}}


NUMBER = {"type": "number"}


@pytest.mark.parametrize(
    ("target", "found"),
    [
        ({**NUMBER, "example": 1, "default": 2.5}, []),
        ({**NUMBER, "example": "1", "default": "2"}, ["r target/default", "r target/example"]),
        ({**NUMBER, "example": None}, ["r target/example"]),
        ({"properties": {"a": NUMBER}, "example": {"a": "1"}}, ["r target/example/a"]),
        (None, []),
    ],
)
def test_a_schema_has_its_own(target: Any, found: list[str]) -> None:
    assert sorted(places(run(rule("schema"), {"openapi": "3.0.3", "target": target}))) == found


@pytest.mark.parametrize(
    ("target", "found"),
    [
        ({"schema": NUMBER, "example": "1"}, ["r target/example"]),
        ({"schema": NUMBER, "example": 1, "examples": {"a": {"value": "1"}}}, []),
        (
            {"schema": NUMBER, "examples": {"a": {"value": "1"}, "b": {"value": 1}}},
            ["r target/examples/a/value"],
        ),
        ({"schema": NUMBER, "examples": {"a": {"externalValue": "https://a.example"}, "b": None}}, []),
        ({"schema": NUMBER, "examples": ["1"]}, []),
        ({"schema": NUMBER, "examples": {"a": {"summary": "A"}}}, ["r target/examples/a"]),
        ({"example": "1"}, []),
    ],
)
def test_a_media_type_has_them_beside_its_schema(target: Any, found: list[str]) -> None:
    assert places(run(rule("media"), {"openapi": "3.0.3", "target": target})) == found


def test_a_swagger_response_has_one_for_each_media_type() -> None:
    target = {"schema": NUMBER, "examples": {"application/json": 1, "text/plain": "1"}}
    document = {"swagger": "2.0", "target": target}
    assert places(run(rule("media", 2), document)) == ["r target/examples/text/plain"]


def test_the_required_of_a_swagger_parameter_is_no_part_of_its_schema() -> None:
    target = {"in": "query", "required": True, "type": "number", "x-example": "1"}
    document = {"swagger": "2.0", "target": target}
    assert places(run(rule("schema", 2), document)) == ["r target/x-example"]


@pytest.mark.parametrize(
    ("holder", "left_out", "found"),
    [
        ("requestBody", "read", 0),
        ("requestBody", "write", 1),
        ("responses", "read", 1),
        ("responses", "write", 0),
        ("callbacks", "read", 1),
    ],
)
def test_one_side_does_not_say_what_only_the_other_does(holder: str, left_out: str, found: int) -> None:
    properties = {"read": {"readOnly": True}, "write": {"writeOnly": True}}
    example = {name: 1 for name in properties if name != left_out}
    media = {"schema": {"required": ["read", "write"], "properties": properties}, "example": example}
    document = {"openapi": "3.0.3", "paths": {"/a": {"post": {holder: {"content": {"json": media}}}}}}
    assert len(run(rule("media", given="$..content[*]"), document)) == found
