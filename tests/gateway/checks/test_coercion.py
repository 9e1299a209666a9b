from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.checks.coercion import item, member, readings, scalar, unquoted
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


def test_booleans_are_words_where_the_shape_says_so() -> None:
    words = shape_of({"type": "boolean"}, words=True)
    for text in ("true", "1", "yes", "ON", "True", "t", "y"):
        assert scalar(text, words) is True
    for text in ("false", "0", "no", "Off", "FALSE", "f", "n"):
        assert scalar(text, words) is False
    assert scalar("perhaps", words) == "perhaps"
    assert scalar("yes", shape_of({"type": "boolean"})) == "yes"
    both = shape_of({"anyOf": [{"type": "integer"}, {"type": "boolean"}]}, words=True)
    assert scalar("1", both) == 1
    inside = shape_of({"properties": {"a": {"allOf": [{"type": "boolean"}]}}}, words=True)
    assert scalar("yes", inside.properties["a"]) is True


def test_text_in_json_is_read_where_no_text_is_wanted() -> None:
    shape = shape_of(
        {
            "type": "object",
            "properties": {
                "n": {"type": "integer"},
                "s": {"type": "string"},
                "either": {"type": ["string", "integer"]},
                "any": {},
                "list": {"type": "array", "items": {"type": "number"}},
                "none": {"type": ["integer", "null"]},
            },
        }
    )
    given = {"n": "42", "s": "42", "either": "42", "any": "42", "list": ["1.5", "x"], "none": "", "new": "1"}
    assert unquoted(given, shape) == given | {"n": 42, "list": [1.5, "x"], "none": None}
    assert unquoted({"n": "042"}, shape) == {"n": "042"}
