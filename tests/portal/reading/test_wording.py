"""Types and constraints in words."""

from __future__ import annotations

from typing import Any

import pytest

from portal.reading import wording


@pytest.mark.parametrize(
    ("keywords", "words"),
    [
        ({"minLength": 1, "maxLength": 35}, ("1 to 35 characters",)),
        ({"minLength": 5, "maxLength": 5}, ("exactly 5 characters",)),
        ({"maxItems": 1}, ("at most 1 item",)),
        ({"minProperties": 2}, ("at least 2 properties",)),
        ({"minimum": 0, "maximum": 10}, ("0 to 10",)),
        ({"minimum": 0, "exclusiveMinimum": True}, ("more than 0",)),
        ({"exclusiveMaximum": 7.5}, ("less than 7.5",)),
        ({"multipleOf": 0.01}, ("a multiple of 0.01",)),
        ({"pattern": "^[A-Z]{5}$"}, ("matches ^[A-Z]{5}$",)),
        ({"uniqueItems": True, "additionalProperties": False}, ("no item twice", "no other properties")),
        ({"default": None}, ("null unless given",)),
        ({"const": "x"}, ('always "x"',)),
        ({"readOnly": True}, ("only in responses",)),
        ({"writeOnly": True}, ("only in requests",)),
        ({"not": {}, "if": {}}, ("and conditions that are not drawn here: if, not",)),
        ({"minimum": True, "maxLength": "x"}, ()),
    ],
)
def test_rules(keywords: dict[str, Any], words: tuple[str, ...]) -> None:
    assert wording.rules(keywords) == words


@pytest.mark.parametrize(
    ("keywords", "types"),
    [
        ({"type": "string"}, ("string",)),
        ({"type": ["string", "null"]}, ("string",)),
        ({"properties": {}}, ("object",)),
        ({"items": {}}, ("array",)),
        ({"enum": [1, "x", True]}, ("integer", "string", "boolean")),
        ({"const": 1.5}, ("number",)),
        ({}, ()),
    ],
)
def test_types(keywords: dict[str, Any], types: tuple[str, ...]) -> None:
    assert wording.types(keywords) == types


@pytest.mark.parametrize(
    "keywords", [{"nullable": True}, {"type": ["string", "null"]}, {"type": "null"}, {"x-nullable": True}]
)
def test_null_is_allowed_in_many_ways(keywords: dict[str, Any]) -> None:
    assert wording.is_nullable(keywords)
    assert not wording.is_nullable({"type": "string"})


def test_long_values_are_cut() -> None:
    assert len(wording.value("x" * 500)) == 120


@pytest.mark.parametrize(
    ("keywords", "words"),
    [
        ({"maxLength": float("inf")}, ()),
        ({"minItems": float("nan")}, ()),
        ({"maxLength": 3.0}, ("at most 3 characters",)),
        ({"maxLength": 2.5}, ()),
        ({"minLength": 0, "maxLength": 0}, ("at most 0 characters",)),
        ({"multipleOf": 1000000}, ("a multiple of 1000000",)),
        ({"multipleOf": 0.1234567}, ("a multiple of 0.1234567",)),
        ({"multipleOf": True}, ()),
        ({"minimum": 0, "exclusiveMinimum": False}, ("at least 0",)),
        (
            {"minimum": 1, "exclusiveMinimum": True, "maximum": 5, "exclusiveMaximum": True},
            ("more than 1", "less than 5"),
        ),
        ({"pattern": ["x"], "uniqueItems": "yes", "readOnly": 1}, ()),
        ({"const": None}, ("always null",)),
        ({"if": True, "not": []}, ()),
    ],
)
def test_what_says_nothing_is_not_worded(keywords: dict[str, Any], words: tuple[str, ...]) -> None:
    assert wording.rules(keywords) == words


def test_words_are_bounded_whatever_the_schema_holds() -> None:
    said = wording.rules({"pattern": "x" * 9000, "default": "y" * 9000, "multipleOf": 10**400})
    assert len(said) == 3
    assert all(len(each) < 500 for each in said)


@pytest.mark.parametrize(
    "keywords",
    [{"type": {}}, {"type": None}, {"enum": []}, {"enum": "x"}, {"enum": [None]}, {"type": "null"}],
)
def test_no_type_is_guessed_from_nothing(keywords: dict[str, Any]) -> None:
    assert wording.types(keywords) == ()
