from __future__ import annotations

import pytest

from linters.diff.proof.views import View, common_types, type_of, types_of


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, "null"),
        (True, "boolean"),
        (1, "integer"),
        (2.0, "integer"),
        (1.5, "number"),
        ("", "string"),
        ([], "array"),
        ({}, "object"),
    ],
)
def test_types_of_values(value: object, expected: str) -> None:
    assert type_of(value) == expected


def test_number_includes_the_integers() -> None:
    assert common_types(frozenset({"integer"}), frozenset({"number"})) == {"integer"}
    assert types_of({"type": ["integer", "number"]}) == {"number"}
    assert "integer" not in types_of({})


def test_a_conjunction_is_seen_as_one() -> None:
    view = View(
        (
            {"type": "integer", "minimum": 1, "maximum": 9},
            {"exclusiveMinimum": 1, "type": "number", "maximum": 5},
        )
    )
    assert view.types == {"integer"}
    assert view.low == (1, True)
    assert view.high == (5, False)
    assert View(({"maximum": 5}, {"exclusiveMaximum": 5})).high == (5, True)


def test_finite_values_are_intersected() -> None:
    view = View(({"enum": [1, 2, "a"]}, {"enum": [2.0, "a"]}))
    assert [str(value) for value in view.values or ()] == ["2", "a"]
    assert View(({"enum": ["a"]}, {"type": "integer"})).types == frozenset()
    assert View(({"const": True}, {"enum": [1]})).values == ()


def test_properties_by_name_by_pattern_and_undeclared() -> None:
    view = View(
        (
            {
                "properties": {"a": {"type": "string"}},
                "patternProperties": {"^x": {"minLength": 1}},
                "additionalProperties": False,
            },
        )
    )
    assert view.property("a") == ({"type": "string"},)
    assert view.property("xy") == ({"minLength": 1},)
    assert view.property("b") == (False,)
    assert view.declares("xy")
    assert not view.declares("b")
    unreadable = View(({"patternProperties": {"(?<": True}, "additionalProperties": False},))
    assert unreadable.property("b") == ()


def test_items_by_index() -> None:
    view = View(({"prefixItems": [{"type": "string"}], "items": {"type": "null"}},))
    assert view.item(0) == ({"type": "string"},)
    assert view.item(3) == ({"type": "null"},)
    assert view.prefix == 1
