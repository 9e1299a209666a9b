from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.traffic.learning.room import Room
from gateway.traffic.learning.shapes import Shape

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
    | st.sampled_from(["2026-11-02", "OPEN", "a@b.example", "6a7d7d1e-5b3f-4d5e-8a63-1f8f5f2b2d11", "127.0.0.1"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5) | st.sampled_from("abc"), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


def learned(*values: Any, name: str = "") -> dict[str, Any]:
    shape = Shape()
    for value in values:
        shape.add(value)
    return shape.schema(name)


@pytest.mark.parametrize(
    ("values", "schema"),
    [
        ((1, 2), {"type": "integer"}),
        ((1, 2.5), {"type": "number"}),
        ((1, None), {"type": ["integer", "null"]}),
        (({"a": 1}, {"a": 2, "b": True}), {"type": "object", "properties": {"a": {"type": "integer"}, "b": {"type": "boolean"}}, "required": ["a"]}),
        (([1], []), {"type": "array", "items": {"type": "integer"}}),
        (([],), {"type": "array"}),
        (("2026-11-02", "2026-12-31"), {"type": "string", "format": "date"}),
        (("2026-11-02", "2026-02-31"), {"type": "string"}),
        (("6a7d7d1e-5b3f-4d5e-8a63-1f8f5f2b2d11",), {"type": "string", "format": "uuid"}),
        (("ada@example.org", "bob@example.org"), {"type": "string", "format": "email"}),
    ],
)  # fmt: skip
def test_the_schema_is_what_values_have_in_common(values: tuple[Any, ...], schema: dict[str, Any]) -> None:
    assert learned(*values) == schema


def test_codes_are_listed_where_they_are_few_and_seen_often() -> None:
    codes = ["OPEN", "SHIPPED"] * 10
    assert learned(*codes, name="orderStatus") == {"type": "string", "enum": ["OPEN", "SHIPPED"]}
    assert learned(*codes[:6], name="orderStatus") == {"type": "string"}, "too few to know"
    assert learned(*codes, "NEW", name="orderStatus") == {"type": "string"}, "not stable"
    assert learned(*(["A" * n for n in range(1, 11)] * 3), name="status") == {"type": "string"}, "too many"


@pytest.mark.parametrize("name", ["name", "firstName", "city", "note", "", "statusNote"])
def test_what_may_be_personal_is_never_listed(name: str) -> None:
    assert learned(*["ada", "grace"] * 20, name=name) == {"type": "string"}


@pytest.mark.parametrize(
    "key", ["ada@example.org", "12345", "Ada Lovelace", "6a7d7d1e-5b3f-4d5e-8a63-1f8f5f2b2d11"]
)
def test_keys_that_may_be_data_are_not_kept(key: str) -> None:
    assert learned({"x": 1, key: 2}) == {"type": "object", "additionalProperties": {"type": "integer"}}


def test_many_keys_are_a_map() -> None:
    names = [first + second for first in "abcdefghijkl" for second in "abcdefghijkl"]
    assert "properties" not in learned(dict.fromkeys(names, 1))


def test_what_is_too_deep_may_be_anything() -> None:
    value: Any = 1
    for _ in range(100):
        value = [value]
    assert str(learned(value)).count("items") <= 20


@settings(max_examples=150, deadline=None)
@given(st.lists(VALUES, min_size=1, max_size=6))
def test_every_value_follows_the_schema(values: list[Any]) -> None:
    schema = learned(*values, name="status")
    check = jsonschema_rs.Draft202012Validator(schema, validate_formats=True)
    assert all(check.is_valid(value) for value in values)


@settings(max_examples=150, deadline=None)
@given(st.lists(VALUES, max_size=4), st.lists(VALUES, max_size=4))
def test_merging_is_learning_from_both(one: list[Any], other: list[Any]) -> None:
    left, right = Shape(), Shape()
    for value in one:
        left.add(value)
    for value in other:
        right.add(value)
    left.merge(right)
    assert left.schema() == learned(*one, *other)


def test_memory_is_bounded_whatever_comes() -> None:
    room = Room(50)
    shape = Shape(room)
    for number in range(500):
        shape.add({f"n{chr(97 + number % 26)}": [{f"m{chr(97 + number // 26)}": [1, [2]]}]})
    assert room.left == 0
    assert shape.schema()["type"] == "object"
    assert str(shape.schema()).count("type") <= 60
