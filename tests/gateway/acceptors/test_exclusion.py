from __future__ import annotations

from typing import Any

import pytest

from gateway.acceptors.exclusion import outline

_DEFINITIONS = {"Cat": {"properties": {"kind": {"const": "cat"}}, "required": ["kind"]}}


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ({"type": "string"}, {"type": "object"}, True),
        ({"type": "object"}, {"type": "object"}, False),
        ({"$ref": "#/$defs/Cat"}, {"properties": {"kind": {"enum": ["dog", "wolf"]}}}, True),
        ({"$ref": "#/$defs/Cat"}, {"properties": {"kind": {"enum": ["dog", "cat"]}}}, False),
        ({"properties": {"kind": {"const": "cat"}}}, {"properties": {"kind": {"const": "dog"}}}, False),
        ({"required": ["a"]}, {"properties": {"b": {}}, "additionalProperties": False}, True),
        ({"required": ["a"]}, {"properties": {"a": {}}, "additionalProperties": False}, False),
        (
            {"required": ["a"]},
            {"properties": {"b": {}}, "patternProperties": {"a": {}}, "additionalProperties": False},
            False,
        ),
        (
            {"allOf": [{"$ref": "#/$defs/Cat"}, {"type": "object"}]},
            {"properties": {"kind": {"const": "dog"}}},
            True,
        ),
        ({"anyOf": [{"type": "string"}, {"type": "null"}]}, {"type": "object"}, True),
        ({"enum": [1, "a"]}, {"type": "object"}, True),
        ({"const": {"a": 1}}, {"type": "object"}, False),
    ],
)
def test_objects_of_two_schemas(one: Any, other: Any, apart: bool) -> None:
    first, second = outline(one, _DEFINITIONS), outline(other, _DEFINITIONS)
    assert first.excludes_objects(second) is apart
    assert second.excludes_objects(first) is apart


def test_kinds_are_those_that_any_value_may_have() -> None:
    assert outline({"type": ["integer", "null"]}, {}).kinds == {"number", "null"}
    assert outline({"oneOf": [{"type": "array"}, {"const": True}]}, {}).kinds == {"array", "boolean"}
    assert outline(False, {}).kinds == frozenset()
    assert "object" in outline(True, {}).kinds


def test_schemas_that_hold_themselves_end() -> None:
    definitions = {"A": {"allOf": [{"$ref": "#/$defs/A"}, {"type": "object"}]}}
    assert outline({"$ref": "#/$defs/A"}, definitions).kinds == {"object"}
