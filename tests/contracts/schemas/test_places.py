from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.schemas.places import Use, declared, spot_of, text_of, used

ORDER: dict[str, Any] = {
    "type": "object",
    "properties": {
        "id": {"type": "string"},
        "state": {"enum": ["open", "shipped", 3, None]},
        "lines": {"type": "array", "items": {"$ref": "#/$defs/Line"}},
        "labels": {"type": "object", "additionalProperties": {"enum": ["a", "b"]}},
        "free": {"type": "object"},
        "never": False,
    },
    "allOf": [{"properties": {"note": {"type": "string"}}}],
    "oneOf": [{"properties": {"state": {"enum": ["gone"]}}}, {"then": {"properties": {"later": {}}}}],
    "$defs": {
        "Line": {"type": "object", "properties": {"sku": {}, "parts": {"items": {"$ref": "#/$defs/Line"}}}}
    },
}


def told(uses: Any) -> set[str]:
    return {
        ("" if use.declared else "!") + use.pointer + ("" if use.value is None else f"={use.value}")
        for use in uses
    }


def test_every_place_and_every_value_is_declared_once() -> None:
    found = told(declared(spot_of(ORDER)))
    assert {"/id", "/state", "/lines", "/labels", "/free", "/note", "/later", "/lines/*/sku"} <= found
    assert {"/state=open", "/state=3", "/state=null", "/state=gone", "/labels/*=a"} <= found
    assert "/never" not in found
    assert "/lines/*/parts/*/sku" in found, "what refers to itself is followed some levels"
    assert all(pointer.count("parts") < 10 for pointer in found)


def test_a_value_uses_places_and_what_nobody_declared() -> None:
    value = {
        "id": "4711",
        "state": "shipped",
        "lines": [{"sku": "a"}, {"sku": "b", "gift": True}],
        "labels": {"x": "a", "y": "secret"},
        "free": {"anything": 1},
        "extra": {"deep": 1},
    }
    assert told(used(spot_of(ORDER), value)) == {
        "/id", "/state", "/state=shipped", "/lines", "/lines/*/sku", "!/lines/*/gift", "/labels", "/labels/*=a",
        "/free", "!/extra",
    }  # fmt: skip
    assert told(used(spot_of(ORDER), {"state": "unheard-of"})) == {"/state"}
    assert told(used(spot_of(ORDER), [1])) == set()


def test_what_values_and_schemas_can_do_is_bounded() -> None:
    wide = {"properties": {f"p{number}": {"type": "string"} for number in range(3000)}}
    assert len(list(declared(spot_of(wide)))) == 3000
    assert len(list(used(spot_of(ORDER), {f"n{number}": 1 for number in range(5000)}))) == 500
    deep: dict[str, Any] = {"properties": {"a": {}}}
    for _ in range(50):
        deep = {"properties": {"a": deep}}
    assert len(list(declared(spot_of(deep)))) == 10
    loop = {
        "$ref": "#/$defs/A",
        "$defs": {"A": {"$ref": "#/$defs/B"}, "B": {"allOf": [{"$ref": "#/$defs/A"}]}},
    }
    assert list(declared(spot_of(loop))) == []
    assert len(list(used(spot_of({"items": {"properties": {"a": {}}}}), [{"a": 1}] * 1000))) == 1


@pytest.mark.parametrize("schema", [True, False, {}, {"enum": []}, {"properties": {}, "items": True}])
def test_schemas_that_declare_nothing(schema: Any) -> None:
    assert list(declared(spot_of(schema))) == []


def test_values_are_told_as_people_read_them() -> None:
    assert [text_of(value) for value in ("é", 3, None, True, {"a": 1})] == [
        "é",
        "3",
        "null",
        "true",
        '{"a": 1}',
    ]
    assert len(text_of("x" * 1000)) == 200
    assert Use(("a/b",)).pointer == "/a~1b"


KEYWORDS = st.sampled_from(
    [
        "$defs",
        "$ref",
        "allOf",
        "anyOf",
        "enum",
        "properties",
        "items",
        "patternProperties",
        "additionalProperties",
        "then",
        "a",
    ]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.just("#/$defs/a"),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYWORDS, inner, max_size=5),
    max_leaves=30,
)


@given(JSON, JSON)
def test_whatever_stands_there_it_is_read_without_a_fault(schema: Any, value: Any) -> None:
    """A document that is formally invalid is served as far as it is understood, and is looked at as well."""
    spot = spot_of(schema)
    assert len(list(used(spot, value))) <= 500
    assert all(isinstance(use.pointer, str) for use in declared(spot))
