from __future__ import annotations

from typing import Any

import pytest

from linters.diff.proof import Definitions
from linters.diff.transitions import Wire
from linters.diff.wires import lenient
from tests.linters.diff.building import compared, http, ids

NUMBERS: dict[str, Any] = {"type": "array", "items": {"type": "integer"}}


@pytest.mark.parametrize(
    ("schema", "wire", "expected"),
    [
        ({"type": "string"}, Wire.TEXT, {"type": ["string", "number", "boolean"]}),
        ({"type": "string", "maxLength": 3}, Wire.TEXT, {"type": "string", "maxLength": 3}),
        ({"type": "integer"}, Wire.FORM, {"type": "integer"}),
        (NUMBERS, Wire.TEXT, NUMBERS),
        (NUMBERS, Wire.FORM, {"anyOf": [NUMBERS, {"type": "integer"}]}),
        ({**NUMBERS, "minItems": 2}, Wire.FORM, {**NUMBERS, "minItems": 2}),
        (
            {"type": "object", "properties": {"a": {"type": "string"}}},
            Wire.TEXT,
            {"type": "object", "properties": {"a": {"type": ["string", "number", "boolean"]}}},
        ),
        ({"$ref": "#/$defs/Text"}, Wire.TEXT, {"type": ["string", "number", "boolean"]}),
        (True, Wire.TEXT, True),
    ],
)
def test_what_reads_alike(schema: Any, wire: Wire, expected: Any) -> None:
    assert lenient(schema, wire, Definitions({"Text": {"type": "string"}})) == expected


def query(schema: dict[str, Any], **more: Any) -> Any:
    return http(operation={"parameters": [{"name": "q", "in": "query", "schema": schema, **more}]})


def test_a_number_that_becomes_any_text_breaks_no_caller() -> None:
    comparison = compared(query({"type": "integer"}), query({"type": "string"}))
    assert comparison.verdict == "safe"
    assert ids(comparison) == ["request-parameter-type-generalized"]
    assert compared(query({"type": "string"}), query({"type": "integer"})).verdict == "breaking"


def test_a_text_with_a_pattern_does_not_read_like_a_number() -> None:
    revision = query({"type": "string", "pattern": "^[a-z]+$"})
    assert compared(query({"type": "integer"}), revision).verdict == "breaking"


def test_one_value_is_a_list_of_one_where_names_are_repeated() -> None:
    one, several = {"type": "string"}, {"type": "array", "items": {"type": "string"}}
    assert compared(query(one), query(several)).verdict == "safe"
    assert compared(query(one, explode=False), query(several, explode=False)).verdict == "breaking"


def test_a_body_is_json_and_tells_them_apart() -> None:
    comparison = compared(http(request={"type": "integer"}), http(request={"type": "string"}))
    assert comparison.verdict == "breaking"
