from __future__ import annotations

from typing import Any

import pytest

from linters.lint.errors import ScriptError
from linters.lint.openapi.fitting import Reading, fitted

OLD = Reading("nullable")


@pytest.mark.parametrize(
    ("schema", "value", "part"),
    [
        ({"type": "string", "description": "x", "example": 1}, "a", {"type": "string"}),
        ({"type": "string", "nullable": True}, None, {"type": ["string", "null"]}),
        (
            {"type": "string", "nullable": True, "enum": ["a"]},
            None,
            {"type": ["string", "null"], "enum": ["a", None]},
        ),
        ({"minimum": 1, "exclusiveMinimum": True}, 1, {"exclusiveMinimum": 1}),
        ({"minimum": 1, "exclusiveMinimum": False}, 1, {"minimum": 1}),
        ({"exclusiveMaximum": 3}, 1, {"exclusiveMaximum": 3}),
        (
            {"properties": {"a": {"type": "string"}, "b": {}}},
            {"a": 1},
            {"properties": {"a": {"type": "string"}}},
        ),
        ({"properties": {"a": {}}, "items": {"type": "string"}}, "a", {}),
        ({"items": {"properties": {"a": {}, "b": {}}}}, [{"a": 1}], {"items": {"properties": {"a": {}}}}),
        ({"items": [{}], "additionalItems": False}, [1, 2], {"prefixItems": [{}], "items": False}),
        ({"prefixItems": [{}], "items": False}, [1, 2], {"prefixItems": [{}], "items": False}),
        ({"contains": {"const": 1}}, [1], {"contains": {"const": 1}}),
        ({"contains": {"const": 1}, "items": {}}, [], {"contains": {"const": 1}}),
        ({"items": {}, "additionalItems": False}, [1], {"items": {}}),
        ({"additionalProperties": {"items": {}}}, {"a": [1]}, {"additionalProperties": {"items": {}}}),
        (
            {"patternProperties": {"^a": {"type": "string"}}},
            {"a": 1},
            {"patternProperties": {"^a": {"type": "string"}}},
        ),
        ({"propertyNames": {"minLength": 2}}, {"a": 1}, {"propertyNames": {"minLength": 2}}),
        (
            {"dependentSchemas": {"a": {"required": ["b"]}}},
            {"a": 1},
            {"dependentSchemas": {"a": {"required": ["b"]}}},
        ),
        ({"allOf": [{"properties": {"a": {}, "b": {}}}]}, {"b": 1}, {"allOf": [{"properties": {"b": {}}}]}),
        ({"not": {"required": ["a"]}}, {}, {"not": {"required": ["a"]}}),
        (True, 1, True),
    ],
)
def test_only_what_the_value_meets_is_kept(schema: Any, value: Any, part: Any) -> None:
    assert fitted(schema, value, OLD) == part


def test_dependencies_were_divided_later() -> None:
    part = fitted({"dependencies": {"a": ["b"], "b": {"required": ["c"]}}}, {"a": 1}, OLD)
    assert part == {"dependentRequired": {"a": ["b"]}, "dependentSchemas": {"b": {"required": ["c"]}}}


def test_null_has_another_name_in_swagger() -> None:
    assert fitted({"type": "string", "x-nullable": True}, None, Reading("x-nullable")) == {
        "type": ["string", "null"]
    }


def test_what_the_other_side_says_is_not_required() -> None:
    properties = {"id": {"readOnly": True}, "name": {}}
    schema = {"required": ["id", "name"], "properties": properties}
    assert fitted(schema, {}, Reading("nullable", "readOnly"))["required"] == ["name"]
    assert fitted(schema, {}, OLD)["required"] == ["id", "name"]
    only = {"required": ["id"], "properties": properties}
    assert "required" not in fitted(only, {}, Reading("nullable", "readOnly"))


def test_alternatives_that_multiply_are_bounded() -> None:
    schema: Any = {}
    for _ in range(30):
        schema = {"anyOf": [schema, schema]}
    with pytest.raises(ScriptError, match="multiply"):
        fitted(schema, 1, OLD)
