"""What no part of a schema speaks about."""

from typing import Any

import pytest

from gateway.checks.undeclared import Undeclared

A, B, C = ({"properties": {name: {}}} for name in "abc")
PET = {"$ref": "#/$defs/Pet"}
DEFINITIONS = {
    "Pet": {"type": "object", "properties": {"name": {"type": "string"}, "child": {"$ref": "#/$defs/Pet"}}}
}


@pytest.mark.parametrize(
    ("schema", "value", "found"),
    [
        (A, {"a": 1, "b": 1}, ["b"]),
        ({"allOf": [A, B]}, {"a": 1, "b": 1, "c": 1}, ["c"]),
        (A | {"patternProperties": {"^x-": {}}}, {"x-1": 1, "y": 1}, ["y"]),
        (A | {"additionalProperties": True}, {"b": 1}, []),
        ({"additionalProperties": B}, {"any": {"b": 1, "c": 1}}, ["any.c"]),
        ({"type": "object"}, {"anything": {"goes": 1}}, []),
        ({"items": A}, [{"a": 1}, {"b": 1}], ["1.b"]),
        ({"prefixItems": [A], "items": B}, [{"a": 1, "b": 1}, {"b": 1, "a": 1}], ["0.b", "1.a"]),
        ({"unevaluatedItems": A}, [{"b": 1}], ["0.b"]),
        (PET, {"name": "x", "child": {"child": {"age": 1}}}, ["child.child.age"]),
        (
            {"oneOf": [{"required": ["a"], **A}, {"required": ["b"], **B}]},
            {"a": 1, "b": 1} | {"c": 1},
            ["c"],
        ),
        ({"oneOf": [{"required": ["a"], **A}, {"required": ["b"], **B}]}, {"a": 1, "c": 1}, ["c"]),
        ({"anyOf": [{"required": ["a"], **A}, {"required": ["b"], **B}]}, {"b": 1, "c": 1}, ["c"]),
        ({"if": {"required": ["a"], **A}, "then": B, "else": C}, {"a": 1, "b": 1, "c": 1}, ["c"]),
        ({"if": {"required": ["a"], **A}, "then": B, "else": C}, {"b": 1, "c": 1}, ["b"]),
        (A | {"dependentSchemas": {"a": B}}, {"a": 1, "b": 1, "c": 1}, ["c"]),
        (A, "no object", []),
        (True, {"a": 1}, []),
    ],
)
def test_what_is_not_declared_is_found(schema: Any, value: Any, found: list[str]) -> None:
    whole = {**schema, "$defs": DEFINITIONS} if isinstance(schema, dict) else schema
    assert [".".join(path) for path in Undeclared(whole).find(value)] == found


def test_a_pattern_that_cannot_be_run_declares_nothing() -> None:
    schema = {"properties": {"a": {}}, "patternProperties": {"[": {}}}
    assert list(Undeclared(schema).find({"[": 1})) == [("[",)]
