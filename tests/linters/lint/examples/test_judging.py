from __future__ import annotations

import json
from typing import Any

import pytest

from contracts.elements.common import Origin, Schema
from contracts.references import from_files
from contracts.schemas import Direction
from linters.lint.examples.judging import MOST, Judge
from linters.lint.examples.shown import Shown

ORDER = {
    "type": "object",
    "required": ["id", "pin"],
    "properties": {"id": {"readOnly": True}, "pin": {"writeOnly": True}},
}
DOCUMENTS = from_files({"a.yaml": json.dumps({"s": ORDER}).encode()}, "a.yaml")


def faults(value: Any, schema: Any, direction: Direction | None, dialect: str = "openapi-3.0") -> list[str]:
    example = Shown(value, Origin("a.yaml", ()), Schema(schema, Origin("a.yaml", ("s",)), dialect), direction)
    return [text for _, text in Judge(DOCUMENTS).faults(example)]


@pytest.mark.parametrize(
    ("value", "direction", "told"),
    [
        ({"pin": 1}, Direction.REQUEST, []),
        ({"id": 1}, Direction.RESPONSE, []),
        (
            {"pin": 1, "id": 1},
            Direction.REQUEST,
            ["In a request, `id` of the example is not sent: it is readOnly."],
        ),
        (
            {"pin": 1, "id": 1},
            Direction.RESPONSE,
            ["In a response, `pin` of the example is not sent: it is writeOnly."],
        ),
        ({}, Direction.RESPONSE, ['In a response, the example lacks the property "id".']),
        ({"pin": 1}, None, []),
        ({"id": 1}, None, []),
        ({}, None, ['the example lacks the property "id".']),
    ],
)
def test_the_direction_decides_what_belongs_into_an_example(
    value: Any, direction: Direction | None, told: list[str]
) -> None:
    assert faults(value, ORDER, direction) == told


def test_everything_that_is_wrong_is_told_up_to_a_limit() -> None:
    schema = {"items": {"type": "integer"}, "type": "array"}
    assert len(faults(["x"] * 2, schema, None)) == 2
    assert len(faults(["x"] * 50, schema, None)) == MOST


def test_null_is_what_nullable_says() -> None:
    assert faults(None, {"type": "string", "nullable": True}, None) == []
    assert faults(None, {"type": "string"}, None) == ["the example should be of the type string."]


def test_a_dialect_that_is_not_known_judges_nothing() -> None:
    assert faults("x", {"type": "record"}, None, "avro") == []


def test_an_example_that_fits_either_way_but_not_both_is_right_at_a_schema() -> None:
    assert faults({"id": 1, "pin": 1}, ORDER, None) != []
