"""What 2.0, 3.0 and draft 4 say in a way of their own."""

from typing import Any

import pytest

from contracts.schemas.legacy import bounds, file, has_item_list, nullable


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        ({"type": "string"}, {"type": ["string", "null"]}),
        ({"type": ["string", "null"]}, {"type": ["string", "null"]}),
        ({"type": "string", "enum": ["a"]}, {"type": ["string", "null"], "enum": ["a", None]}),
        ({"type": "string", "enum": [None]}, {"type": ["string", "null"], "enum": [None]}),
        ({"allOf": [True]}, {"anyOf": [{"type": "null"}, {"allOf": [True]}]}),
        (
            {"type": "object", "oneOf": [True]},
            {"anyOf": [{"type": "null"}, {"type": "object", "oneOf": [True]}]},
        ),
        ({"enum": ["a"]}, {"anyOf": [{"type": "null"}, {"enum": ["a"]}]}),
        ({}, {}),
    ],
)
def test_nullable_lets_null_in(result: dict[str, Any], expected: dict[str, Any]) -> None:
    assert nullable({"nullable": True}, "openapi-3.0", dict(result)) == expected
    assert nullable({"nullable": True}, "json-schema-2020-12", dict(result)) == result
    assert nullable({"nullable": "true"}, "openapi-3.0", dict(result)) == result


@pytest.mark.parametrize("dialect", ["openapi-2.0", "openapi-3.0", "json-schema-draft-04"])
def test_bounds_that_are_marked_as_exclusive(dialect: str) -> None:
    result: dict[str, Any] = {"minimum": 1, "maximum": 5}
    bounds({"exclusiveMinimum": True, "exclusiveMaximum": False}, dialect, result)
    assert result == {"exclusiveMinimum": 1, "maximum": 5}


def test_a_mark_without_a_bound_says_nothing() -> None:
    result: dict[str, Any] = {}
    bounds({"exclusiveMinimum": True}, "openapi-3.0", result)
    assert result == {}


def test_a_file_is_text_that_stands_for_octets() -> None:
    result: dict[str, Any] = {}
    file({"type": "file"}, "openapi-2.0", result)
    assert result == {"type": "string", "format": "binary"}
    file({"type": "file"}, "openapi-3.0", untouched := {})
    assert untouched == {}


def test_item_lists_are_known_where_they_exist() -> None:
    assert has_item_list({"items": []}, "json-schema-draft-07")
    assert has_item_list({"items": []}, "asyncapi")
    assert not has_item_list({"items": {}}, "asyncapi")
    assert not has_item_list({"items": []}, "json-schema-2020-12")
