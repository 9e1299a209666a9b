from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.checks.coercion import item, member, readings, scalar
from gateway.checks.shape import shape_of


@pytest.mark.parametrize(
    ("text", "schema", "value"),
    [
        ("5", {"type": "integer"}, 5),
        ("5", {"type": "string"}, "5"),
        ("5", {"type": "number"}, 5),
        ("5.5", {"type": "number"}, 5.5),
        ("1.0", {"type": "integer"}, 1.0),
        ("05", {"type": "integer"}, "05"),
        ("+5", {"type": "integer"}, "+5"),
        ("1e400", {"type": "number"}, "1e400"),
        ("NaN", {"type": "number"}, "NaN"),
        ("true", {"type": "boolean"}, True),
        ("True", {"type": "boolean"}, "True"),
        ("null", {"type": ["integer", "null"]}, None),
        ("", {"type": ["string", "null"]}, ""),
        ("12345678901234567890123", {"type": "integer"}, 12345678901234567890123),
    ],
)
def test_text_is_read_as_the_schema_speaks(text: str, schema: dict[str, Any], value: Any) -> None:
    found = scalar(text, shape_of(schema))
    assert (found, type(found)) == (value, type(value))


def test_an_unsure_schema_has_several_readings() -> None:
    assert readings("5", shape_of({"oneOf": [{"type": "integer"}, {"type": "string"}]})) == (5, "5")
    assert readings("5", shape_of({"minimum": 3})) == ("5", 5)
    assert readings("x", shape_of({"minimum": 3})) == ("x",)
    assert readings("5", shape_of({"type": "string"})) == ("5",)


def test_members_and_items_without_a_schema_are_text() -> None:
    closed = shape_of(
        {"type": "object", "properties": {"a": {"type": "integer"}}, "additionalProperties": False}
    )
    assert scalar("5", member("a", closed)) == 5
    assert scalar("5", member("b", closed)) == "5"
    assert scalar("5", item(shape_of({"type": "array"}))) == "5"


@given(st.integers())
def test_every_integer_is_read_exactly(number: int) -> None:
    assert scalar(str(number), shape_of({"type": "integer"})) == number
