from __future__ import annotations

from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linters.diff.proof.definitions import JsonSchema
from linters.diff.proof.texts import Answer, are_apart, difference, is_within, representatives


def nowhere(_: JsonSchema) -> JsonSchema | None:
    return None


def between(inner: JsonSchema, outer: JsonSchema, **more: Any) -> Answer | None:
    return difference([(inner, nowhere)], (outer, nowhere), **more)


@pytest.mark.parametrize(
    ("inner", "outer"),
    [
        ({"pattern": "^[A-Z]{3}$"}, {"pattern": "^[A-Z0-9]{1,35}$"}),
        ({"pattern": r"^\d{4}-\d{2}$"}, {"minLength": 7, "maxLength": 7}),
        ({"minLength": 3}, {"minLength": 2}),
        ({"enum": ["A", "B"]}, {"pattern": "^[AB]$"}),
        ({"const": "A"}, {"anyOf": [{"pattern": "^B"}, {"maxLength": 1}]}),
        ({"allOf": [{"pattern": "^a"}, {"pattern": "z$"}]}, {"not": {"pattern": "^[b-z]"}}),
        ({"pattern": "^x"}, {"if": {"minLength": 5}, "then": {"pattern": "^x"}, "else": True}),
        ({"pattern": "^(a|b)$"}, {"oneOf": [{"const": "a"}, {"const": "b"}]}),
        ({"format": "date", "maxLength": 3}, {"format": "date"}),
        ({"type": ["integer", "null"]}, {"const": "nothing is a text here"}),
        (False, {"pattern": "a"}),
    ],
)
def test_contained(inner: JsonSchema, outer: JsonSchema) -> None:
    assert between(inner, outer) == Answer(None)


@pytest.mark.parametrize(
    ("inner", "outer", "text"),
    [
        ({"minLength": 1}, {"pattern": "."}, "\n"),
        ({"pattern": "^[A-Z0-9]{1,35}$"}, {"pattern": "^[A-Z]{3}$"}, "0"),
        ({"maxLength": 9}, {"maxLength": 4}, "aaaaa"),
        ({"enum": ["A", "B"]}, {"const": "A"}, "B"),
        (True, {"type": "integer"}, ""),
    ],
)
def test_not_contained_with_a_shortest_text(inner: JsonSchema, outer: JsonSchema, text: str) -> None:
    assert between(inner, outer) == Answer(text)


def test_a_format_only_proves_a_yes() -> None:
    found = between({"type": "string"}, {"format": "date"})
    assert found is not None
    assert not found.certain
    assert between({"type": "string"}, {"format": "date"}, formats=False) == Answer(None)


@pytest.mark.parametrize(
    ("inner", "outer"),
    [
        ({"pattern": "(?=a)a"}, {"pattern": "a"}),
        ({"$ref": "#/$defs/Gone"}, True),
        ({"keyword": 1}, {"pattern": "a"}),
        ({"pattern": "^(a|b)*a(a|b){20}$"}, {"pattern": "^(a|b)*b(a|b){20}$"}),
        ({"enum": [str(n) for n in range(500)]}, {"pattern": "^1"}),
        ({"minLength": 1.5}, True),
    ],
)
def test_what_cannot_be_followed_in_bounded_time_has_no_answer(inner: JsonSchema, outer: JsonSchema) -> None:
    assert between(inner, outer) is None


def test_patterns_of_names() -> None:
    assert is_within("^ba+b$", "b.*b")
    assert not is_within("b.*b", "^ba+b$")
    assert are_apart("^a", "^b")
    assert not are_apart("a", "b")


def test_references_are_followed() -> None:
    def code(_: JsonSchema) -> JsonSchema | None:
        return {"pattern": "^[A-Z]+$"}

    assert difference([({"$ref": "#/$defs/Code"}, code)], ({"pattern": "^[A-Z]"}, nowhere)) == Answer(None)


def test_representatives_are_one_for_each_kind_of_character() -> None:
    assert len(representatives([])) == 1


_PATTERNS = ["^a", "b$", "^[ab]+$", "^.{2}$", "a", "^(ab|ba)*$", "[^a]"]
_LEAVES = st.one_of(
    st.sampled_from(_PATTERNS).map(lambda one: {"pattern": one}),
    st.integers(0, 4).map(lambda n: {"minLength": n}),
    st.integers(0, 4).map(lambda n: {"maxLength": n}),
    st.lists(st.text("ab", max_size=3), min_size=1, max_size=3).map(lambda texts: {"enum": texts}),
)
_SCHEMAS = st.recursive(
    _LEAVES,
    lambda below: st.one_of(
        st.tuples(st.sampled_from(["allOf", "anyOf", "oneOf"]), st.lists(below, min_size=1, max_size=3)).map(
            lambda pair: {pair[0]: pair[1]}
        ),
        below.map(lambda one: {"not": one}),
    ),
    max_leaves=5,
)


@settings(max_examples=200, deadline=None)
@given(inner=_SCHEMAS, outer=_SCHEMAS, texts=st.lists(st.text("ab\n", max_size=5), max_size=20))
def test_answers_hold_against_a_validator(inner: JsonSchema, outer: JsonSchema, texts: list[str]) -> None:
    answer = between(inner, outer)
    if answer is None:
        return
    takes = jsonschema_rs.Draft202012Validator(inner).is_valid
    refuses = jsonschema_rs.Draft202012Validator(outer).is_valid
    if answer.text is not None:
        assert takes(answer.text)
        assert not refuses(answer.text)
    else:
        assert not [text for text in texts if takes(text) and not refuses(text)]
