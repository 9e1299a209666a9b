from __future__ import annotations

import math
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linters.lint.reach import cut, reach


@pytest.mark.parametrize(
    ("schema", "levels"),
    [
        (True, 0),
        ({}, 0),
        ({"type": "object"}, 0),
        ({"required": ["a"]}, 1),
        ({"minItems": 1}, 1),
        ({"properties": {"a": {"type": "string"}}}, 1),
        ({"properties": {"a": {"required": ["b"]}}}, 2),
        ({"not": {"propertyNames": {"pattern": "^a"}}}, 1),
        ({"anyOf": [{"items": {"items": {"minItems": 1}}}, {}]}, 3),
        ({"items": [{"required": ["a"]}]}, 2),
        ({"additionalProperties": False}, 1),
        ({"dependencies": {"a": ["b"], "c": {"properties": {"d": {"required": ["e"]}}}}}, 2),
        ({"const": "a"}, 0),
        ({"const": {"a": {}}}, 2),
        ({"enum": [1, [2]]}, 1),
        ({"uniqueItems": False}, 0),
        ({"uniqueItems": True}, math.inf),
        ({"properties": {"a": {"$ref": "#/definitions/x"}}}, math.inf),
    ],
)
def test_how_deep_a_schema_looks(schema: Any, levels: float) -> None:
    assert reach(schema) == levels


def test_what_lies_deeper_is_emptied_and_keeps_its_kind() -> None:
    value = {"a": {"b": [1, {"c": 2}]}, "d": [[3]], "e": None}
    assert cut(value, 0) == {}
    assert cut(value, 1) == {"a": {}, "d": [], "e": None}
    assert cut(value, 2) == {"a": {"b": []}, "d": [[]], "e": None}
    assert cut(value, math.inf) is value


def test_a_value_that_unfolds_without_end_is_cut_at_once() -> None:
    value: dict[str, Any] = {}
    for _ in range(200):
        value = {"left": value, "right": value}
    assert cut(value, 2) == {"left": {"left": {}, "right": {}}, "right": {"left": {}, "right": {}}}


KEYS = st.sampled_from("abc")
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(0, 3) | KEYS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=12,
)
SCHEMAS = st.recursive(
    st.booleans()
    | st.fixed_dictionaries({"type": st.sampled_from(["object", "array", "string", "null"])})
    | st.fixed_dictionaries({"required": st.lists(KEYS, max_size=2, unique=True)})
    | st.fixed_dictionaries({"minProperties": st.integers(0, 2)})
    | st.fixed_dictionaries({"maxItems": st.integers(0, 2)})
    | st.fixed_dictionaries({"const": VALUES})
    | st.fixed_dictionaries({"enum": st.lists(VALUES, min_size=1, max_size=3)}),
    lambda inner: (
        st.fixed_dictionaries({"not": inner})
        | st.fixed_dictionaries({"anyOf": st.lists(inner, min_size=1, max_size=2)})
        | st.fixed_dictionaries({"if": inner, "then": inner})
        | st.fixed_dictionaries({"properties": st.dictionaries(KEYS, inner, max_size=2)})
        | st.fixed_dictionaries({"additionalProperties": inner})
        | st.fixed_dictionaries({"propertyNames": inner})
        | st.fixed_dictionaries({"prefixItems": st.lists(inner, min_size=1, max_size=2)})
        | st.fixed_dictionaries({"items": inner})
        | st.fixed_dictionaries({"contains": inner})
        | st.fixed_dictionaries({"unevaluatedProperties": inner})
        | st.fixed_dictionaries({"dependentSchemas": st.dictionaries(KEYS, inner, max_size=2)})
    ),
    max_leaves=5,
)


@given(SCHEMAS, VALUES)
def test_to_the_schema_the_cut_value_is_the_same(schema: Any, value: Any) -> None:
    validator = jsonschema_rs.Draft202012Validator(schema)
    assert validator.is_valid(cut(value, reach(schema))) == validator.is_valid(value)
