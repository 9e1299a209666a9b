from __future__ import annotations

import json
import random
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.acceptors.patterns import Inexpressible
from gateway.acceptors.planning import plan
from gateway.bodies.jsons import parse_json
from gateway.checks.validators import compile_validator
from gateway.malformed import Malformed

from .judging import machine_of

_TAGGED = {
    "allOf": [
        {"properties": {"kind": {"enum": ["cat", "dog"]}}},
        {
            "if": {"type": "object", "properties": {"kind": {"const": "cat"}}, "required": ["kind"]},
            "then": {"properties": {"lives": {"type": "integer"}}},
        },
        {
            "if": {"type": "object", "properties": {"kind": {"const": "dog"}}, "required": ["kind"]},
            "then": {"required": ["barks"]},
        },
    ]
}
_TREE = {
    "$ref": "#/$defs/Tree",
    "$defs": {
        "Tree": {
            "type": "object",
            "properties": {"children": {"type": "array", "items": {"$ref": "#/$defs/Tree"}}},
            "additionalProperties": False,
        }
    },
}
CASES: list[tuple[Any, list[str], list[str]]] = [
    (True, ["1", '{"a":{"a":[]}}'], ['{"a":1,"a":1}']),
    (False, [], ["1"]),
    ({"type": ["string", "null"]}, ['"a"', "null"], ["1"]),
    ({"type": "integer", "minimum": 2, "exclusiveMaximum": 5}, ["2", "4"], ["1", "5", "2.0", "1e0"]),
    ({"type": "number", "exclusiveMinimum": 0, "maximum": 0.3}, ["0.3", "0.01"], ["0", "0.31", "-0.1"]),
    ({"type": "integer", "multipleOf": 12}, ["-24", "0"], ["13"]),
    ({"type": "number", "multipleOf": 0.01}, [], ["0.02"]),
    ({"enum": ["a", 2, None, True, 1.5, ["x"]]}, ['"a"', "2", "null", "true"], ['"b"', "3", "false", "1.5"]),
    ({"const": "a"}, ['"a"'], ['"b"']),
    ({"minLength": 2, "maxLength": 3}, ['"ab"', '"éé"', "1"], ['"a"', '"abcd"']),
    ({"type": "string", "pattern": "^a+$", "maxLength": 3}, ['"aa"'], ['"aaaa"', '"b"', r'"\u0061"']),
    ({"type": "string", "pattern": "^(?!a)"}, [], ['"b"']),
    ({"type": "string", "format": "date"}, ['"2026-11-28"'], ['"2026-02-30"', '"2024-02-29"']),
    ({"type": "string", "format": "duration"}, [], ['"P1D"']),
    ({"type": "array", "items": {"type": "integer"}, "minItems": 1, "maxItems": 2}, ["[1]", "[1, 2]"], ["[]", "[1,2,3]", '["a"]']),
    ({"type": "array", "uniqueItems": True}, ["[]", "[1]"], ["[1,2]"]),
    ({"type": "array", "prefixItems": [{"type": "integer"}]}, [], ["[1]"]),
    (
        {"type": "object", "properties": {"a": {"type": "integer"}}, "required": ["a"]},
        ['{"a":1}', '{"b":[{"c":1}],"a":1}'],
        ["{}", '{"a":"x"}', '{"a":1,"a":1}', '{"a":1,"b":1,"b":1}'],
    ),
    ({"type": "object", "additionalProperties": {"type": "integer"}}, ['{"x":1,"y":2}'], ['{"x":"1"}']),
    ({"type": "object", "additionalProperties": False}, ["{}"], ['{"x":1}']),
    ({"type": "object", "minProperties": 1, "maxProperties": 2}, ['{"x":1}'], ["{}", '{"a":1,"b":1,"c":1}']),
    ({"type": "object", "patternProperties": {"^x": {}}}, [], ['{"a":1}']),
    ({"required": ["a"]}, ['{"a":1}', "3"], ['{"b":1}']),
    ({"allOf": [{"minLength": 2}, {"maxLength": 3}]}, ['"ab"'], ['"a"', '"abcd"']),
    ({"anyOf": [{"required": ["a"]}, {"required": ["b"]}], "type": "object"}, ['{"a":1}', '{"b":1}', '{"a":1,"b":1}'], ["{}"]),
    ({"oneOf": [{"type": "string"}, {"type": "null"}]}, ['"a"', "null"], ["1"]),
    ({"oneOf": [{"type": "string"}, {"type": "string", "maxLength": 2}]}, [], ['"a"', '"abc"']),
    (
        {"oneOf": [{"type": "object", "required": ["a"]}, {"type": "object", "required": ["b"]}]},
        ['{"a":1}', '{"b":1,"c":2}'],
        ['{"a":1,"b":1}', "{}"],
    ),
    (_TAGGED, ['{"kind":"cat","lives":9}', '{"kind":"dog","barks":true}', "1"], ['{"kind":"cat","lives":"x"}', '{"kind":"dog"}']),
    ({"if": {"type": "string"}, "then": {"minLength": 2}}, ['"ab"'], ['"a"']),
    ({"if": {"not": {"type": "object"}}, "then": {"type": "string"}}, ["{}"], ["1"]),
    ({"if": {"minLength": 2}, "then": {"type": "string"}, "else": {"maxLength": 1}}, [], ["[1]"]),
    ({"not": {"type": "string"}}, [], ["1"]),
    ({"frobnicate": 1}, [], ["1"]),
    ({"type": "string", "contentEncoding": "base64"}, [], ['"YQ=="']),
    (_TREE, ['{"children":[{"children":[{}]},{}]}'], ['{"children":[{"x":1}]}']),
    ({"type": "integer", "maximum": 10**400}, [], ["1"]),
    ({"required": ["a"], "properties": {"a": False}}, ["1"], ['{"a":1}']),
]  # fmt: skip


@pytest.mark.parametrize(("schema", "known", "unknown"), CASES, ids=[str(case[0])[:60] for case in CASES])
def test_what_is_known_of_a_schema(schema: Any, known: list[str], unknown: list[str]) -> None:
    machine = machine_of(schema)
    assert [text for text in known if not machine.judge(text.encode())] == []
    assert [text for text in unknown if machine.judge(text.encode())] == []
    if schema not in (False, {"frobnicate": 1}) and "10**400" not in str(schema):
        validator = jsonschema_rs.Draft202012Validator(schema, validate_formats=True)
        assert [text for text in known if not validator.is_valid(json.loads(text))] == []


def test_where_properties_must_be_known_the_others_are_left_to_the_validator() -> None:
    schema = {"type": "object", "properties": {"a": {"type": "object"}}}
    assert machine_of(schema).judge(b'{"b":1}')
    strict = machine_of(schema, known_properties=True)
    assert strict.judge(b'{"a":{"free":1}}')
    assert not strict.judge(b'{"b":1}')
    stated = machine_of({**schema, "additionalProperties": True}, known_properties=True)
    assert stated.judge(b'{"b":1}')
    # Which alternative accepts a value decides which properties are known.
    assert plan({"anyOf": [schema, {"type": "object"}]}, formats=True, known_properties=True).objects == ()


def test_without_formats_they_say_nothing() -> None:
    assert machine_of({"type": "string", "format": "date"}, formats=False).judge(b'"soon"')


_NAMES = st.sampled_from(["a", "b", "kind", "lines", "größe"])
_SCALARS = st.sampled_from(
    ["", "a", "ab", "é€😀", "2026-11-28", "x" * 20, 0, 1, -3, 7.25, 0.1, 10**17, True, False, None]
)


def _objects(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries(
        {},
        optional={
            "type": st.sampled_from(["object", ["object", "null"]]),
            "properties": st.dictionaries(_NAMES, inner, max_size=3),
            "required": st.lists(_NAMES, unique=True, max_size=2),
            "additionalProperties": st.one_of(st.booleans(), inner),
            "minProperties": st.integers(0, 2),
            "maxProperties": st.integers(0, 3),
        },
    )


def _composed(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    several = st.lists(inner, min_size=1, max_size=3)
    condition = st.fixed_dictionaries({"if": inner}, optional={"then": inner, "else": inner})
    tag = st.builds(
        lambda name, value, then: {
            "if": {"type": "object", "properties": {name: {"const": value}}, "required": [name]},
            "then": then,
        },
        _NAMES, st.sampled_from(["a", "ab"]), inner,
    )  # fmt: skip
    return st.one_of(
        st.fixed_dictionaries({"allOf": st.lists(st.one_of(inner, tag), min_size=1, max_size=3)}),
        st.fixed_dictionaries({"anyOf": several}),
        st.fixed_dictionaries({"oneOf": several}),
        condition,
        st.fixed_dictionaries({"not": inner}),
        st.just({"$ref": "#/$defs/A"}),
    )


_LEAVES = st.one_of(
    st.booleans(),
    st.fixed_dictionaries(
        {"type": st.sampled_from(["string", "integer", "number", "boolean", "null", ["string", "null"], ["integer", "string"]])},
        optional={
            "minLength": st.integers(0, 3),
            "maxLength": st.integers(0, 20),
            "pattern": st.sampled_from(["^[a-z0-9-]*$", "a", "^x+$", "[0-9]$"]),
            "format": st.sampled_from(["date", "uuid", "byte", "time", "int32"]),
            "minimum": st.sampled_from([0, -2.5, 1]),
            "maximum": st.sampled_from([7, 7.25, 10**18]),
            "exclusiveMinimum": st.sampled_from([0, 0.1]),
            "exclusiveMaximum": st.sampled_from([7.25, 100]),
            "multipleOf": st.sampled_from([1, 3, 0.01]),
        },
    ),
    st.fixed_dictionaries({"enum": st.lists(_SCALARS, min_size=1, max_size=4)}),
    st.fixed_dictionaries({"const": _SCALARS}),
)  # fmt: skip
_SCHEMAS = st.recursive(
    _LEAVES,
    lambda inner: st.one_of(
        _objects(inner),
        _composed(inner),
        st.fixed_dictionaries(
            {"type": st.just("array")},
            optional={"items": inner, "minItems": st.integers(0, 2), "maxItems": st.integers(0, 3), "uniqueItems": st.booleans()},
        ),
        st.builds(lambda one, other: {**one, **other}, _objects(inner), _composed(inner)),
    ),
    max_leaves=8,
)  # fmt: skip
_VALUES = st.recursive(
    _SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.one_of(_NAMES, st.text(max_size=2)), inner, max_size=4)),
    max_leaves=10,
)  # fmt: skip
_STRANGE = (
    b"{}",
    b"[]",
    b",",
    b":",
    b'"',
    b"\\",
    b"0",
    b"-",
    b".",
    b"e1",
    b" ",
    b"\n",
    b"\x00",
    b"\xc3",
    b"\xa9",
    b"null",
    b"true",
    b'"a":1,',
    b"\\u0041",
)


def _disturbed(text: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.randint(0, 2)):
        place, other = sorted((chance.randrange(len(text) + 1), chance.randrange(len(text) + 1)))
        text = (
            text[:place] + chance.choice((b"", chance.choice(_STRANGE), text[place:other] * 2)) + text[other:]
        )
    return text


@settings(max_examples=400, deadline=None)
@given(_SCHEMAS, _SCHEMAS, st.lists(_VALUES, min_size=1, max_size=6), st.integers(0, 2**32))
def test_what_is_known_is_valid(schema: Any, named: Any, values: list[Any], seed: int) -> None:
    """Random schemas, and texts that are nearly valid."""
    whole = {**(schema if isinstance(schema, dict) else {"allOf": [schema]}), "$defs": {"A": named}}
    try:
        machine = machine_of(whole)
    except Inexpressible:
        return
    validator, chance = compile_validator(whole, formats=True), random.Random(seed)
    for value in values:
        for written in (
            json.dumps(value),
            json.dumps(value, ensure_ascii=False, separators=(",", ":")),
            json.dumps(value, indent=1),
        ):
            for _ in range(4):
                text = _disturbed(written.encode(), chance)
                if machine.judge(text):
                    try:
                        assert validator.is_valid(parse_json(text)), (whole, text)
                    except Malformed as error:
                        raise AssertionError((whole, text)) from error
