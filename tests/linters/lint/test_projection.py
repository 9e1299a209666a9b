from __future__ import annotations

from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linters.lint import projection
from linters.lint.errors import ScriptError
from linters.lint.projection import Projection

DEEP = {"a": {"b": [1, {"c": 2}]}, "d": [[3]], "e": None}


@pytest.mark.parametrize(
    ("schema", "seen"),
    [
        (True, {}),
        ({}, {"a": {}, "d": [], "e": None}),
        ({"properties": {"d": {"minItems": 1}}}, {"a": {}, "d": [[]], "e": None}),
        ({"properties": {"a": {"required": ["b"]}}}, {"a": {"b": []}, "d": [], "e": None}),
        ({"additionalProperties": {"items": {"type": "array"}}}, {"a": {"b": []}, "d": [[3]], "e": None}),
        ({"const": {"a": {}}}, {"a": {"b": []}, "d": [[]], "e": None}),
        (
            {
                "properties": {"a": {"$ref": "#/definitions/x"}},
                "definitions": {"x": {"properties": {"b": {}}}},
            },
            {"a": {"b": [1, {}]}, "d": [], "e": None},
        ),
    ],
)
def test_what_a_schema_sees(schema: Any, seen: Any) -> None:
    assert Projection(schema).cut(DEEP) == seen


def test_what_may_be_compared_without_end_is_kept() -> None:
    assert Projection({"uniqueItems": True}).cut(DEEP) is DEEP


def _unfolding() -> dict[str, Any]:
    value: dict[str, Any] = {}
    for _ in range(200):
        value = {"left": value, "right": value}
    return value


def test_a_value_that_unfolds_without_end_is_cut_at_once() -> None:
    seen = Projection({"properties": {"left": {"required": ["left"]}}}).cut(_unfolding())
    assert seen == {"left": {"left": {}, "right": {}}, "right": {}}


@pytest.mark.parametrize("schema", [{"items": {"$ref": "#"}}, {"uniqueItems": True}])
def test_a_value_that_is_nested_without_end_is_refused(schema: Any) -> None:
    value: Any = []
    for _ in range(5_000):
        value = [value]
    with pytest.raises(ScriptError, match="deeper than 200 levels"):
        Projection(schema).cut(value)


def test_a_schema_that_follows_it_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(projection, "MOST_NODES", 100)
    with pytest.raises(ScriptError, match="unfolds"):
        Projection({"additionalProperties": {"$ref": "#"}}).cut(_unfolding())


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
    assert validator.is_valid(Projection(schema).cut(value)) == validator.is_valid(value)
