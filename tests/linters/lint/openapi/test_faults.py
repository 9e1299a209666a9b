from __future__ import annotations

from typing import Any

import pytest

from linters.lint.openapi.faults import Fault, fault_of


def fault(schema: Any, numeric: bool = False) -> Fault | None:
    return fault_of(schema, {}, numeric)


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "object", "properties": {"a": {"items": {"type": ["string", "null"]}}}},
        {
            "enum": [1, "1"],
            "required": ["a"],
            "minimum": 1,
            "exclusiveMinimum": True,
            "multipleOf": 0.5,
            "maxLength": 2.0,
        },
        {
            "pattern": r"^\g$",
            "format": "odd",
            "x-type": 3,
            "example": {"type": 3},
            "additionalProperties": False,
        },
        {"type": "string", "nullable": False},
        True,
    ],
)
def test_sound_schemas(schema: Any) -> None:
    assert fault(schema) is None


@pytest.mark.parametrize(
    ("schema", "told"),
    [
        ({"nullable": True}, "nullable"),
        ({"type": "text"}, "type"),
        ({"type": []}, "type"),
        ({"required": True}, "required"),
        ({"enum": {"a": 1}}, "enum"),
        ({"pattern": "("}, "pattern"),
        ({"pattern": 1}, "pattern"),
        ({"minLength": -1}, "minLength"),
        ({"maximum": "1"}, "maximum"),
        ({"properties": []}, "properties"),
        ({"allOf": {}}, "allOf"),
        ({"allOf": []}, "empty"),
        ({"required": []}, "empty"),
        ({"enum": [{"a": 1}, {"a": 1}]}, "twice"),
        ({"exclusiveMaximum": True}, "without `maximum`"),
        ({"description": {}}, "description"),
        ({"$ref": "#/a", "nullable": True}, "nullable"),
        ({"exclusiveMinimum": 1}, "exclusiveMinimum"),
        ({"properties": {"a": "text"}}, "no mapping"),
        ({"anyOf": [{}, {"items": [{"type": 3}]}]}, "type"),
    ],
)
def test_faults_are_found_at_any_depth(schema: Any, told: str) -> None:
    found = fault(schema)
    assert found is not None
    assert told in found.text
    assert not found.dangling


def test_later_versions_have_numbers_as_exclusive_bounds() -> None:
    assert fault({"exclusiveMinimum": 1}, numeric=True) is None
    assert fault({"exclusiveMinimum": True}, numeric=True) is not None
    assert fault({"required": [], "enum": [1, 1]}, numeric=True) is None


def test_a_reference_that_is_left_dangles() -> None:
    found = fault({"properties": {"child": {"$ref": "#/components/schemas/Node", "type": 3}}})
    assert found is not None
    assert found.dangling


def test_a_shared_schema_is_looked_at_once_however_deep() -> None:
    schema: Any = {"type": "string"}
    for _ in range(2_000):
        schema = {"properties": {"a": schema, "b": schema}}
    known: dict[int, Fault | None] = {}
    assert fault_of(schema, known, False) is None
    assert len(known) == 2_001
