from __future__ import annotations

import pytest

from linters.diff.proof import Definitions, Names, Prover

TREE = {"type": "object", "properties": {"next": {"$ref": "#/$defs/node"}, "value": {"type": "integer"}}}
WIDER = {"type": "object", "properties": {"next": {"$ref": "#/$defs/node"}, "value": {"type": "number"}}}
REF = {"$ref": "#/$defs/node"}


def prove(inner: object, outer: object, names: Names = Names.ANY) -> bool:
    return Prover(Definitions(), Definitions(), names, False).contains(inner, outer) is None  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("inner", "outer"),
    [
        ({"type": "integer"}, {"type": "number"}),
        ({"allOf": [{"type": "object"}, {"required": ["a"]}]}, {"type": "object", "required": ["a"]}),
        ({"type": "object", "required": ["a"]}, {"allOf": [{"type": "object"}, {"required": ["a"]}]}),
        ({"type": "string"}, {"anyOf": [{"type": "string"}, {"type": "null"}]}),
        ({"type": ["string", "null"]}, {"oneOf": [{"type": "string"}, {"type": "null"}]}),
        ({"enum": ["a", None]}, {"type": ["string", "null"]}),
        ({"type": "boolean"}, {"enum": [True, False]}),
        ({"type": "integer"}, {"not": {"type": "string"}}),
        (
            {"if": {"type": "string"}, "then": {"minLength": 3}},
            {"if": {"type": "string"}, "then": {"minLength": 2}},
        ),
        ({"type": "array", "items": {"type": "integer"}}, {"type": "array", "items": {"type": "number"}}),
        (
            {"type": "array", "prefixItems": [{"type": "string"}], "maxItems": 1},
            {"items": {"type": "string"}},
        ),
        (
            {"properties": {"a": {"type": "integer"}}, "type": "object"},
            {"properties": {"a": {"type": "number"}}},
        ),
        (
            {"type": "object", "additionalProperties": {"type": "integer"}},
            {"additionalProperties": {"type": "number"}},
        ),
        ({"type": "string", "minLength": 5, "maxLength": 1}, False),
        (False, {"type": "null"}),
    ],
)
def test_proved(inner: object, outer: object) -> None:
    assert prove(inner, outer)


@pytest.mark.parametrize(
    ("inner", "outer"),
    [
        ({"type": "number"}, {"type": "integer"}),
        ({}, {"type": "string"}),
        ({"type": "string"}, {"oneOf": [{"type": "string"}, {"minLength": 0}]}),
        ({"properties": {"a": {}}}, {"additionalProperties": False}),
        ({"type": "object"}, {"properties": {"a": {"type": "string"}}}),
        ({"type": "array"}, {"prefixItems": [{"type": "string"}]}),
        ({"enum": ["a", "b"]}, {"enum": ["a"]}),
        ({"type": "string"}, {"$ref": "#/$defs/gone"}),
        (True, False),
    ],
)
def test_not_proved(inner: object, outer: object) -> None:
    assert not prove(inner, outer)


def test_recursion_is_proved_by_coinduction() -> None:
    narrow, wide = Definitions({"node": TREE}), Definitions({"node": WIDER})
    assert Prover(narrow, wide).contains(REF, REF) is None
    assert Prover(wide, narrow).contains(REF, REF) is not None


def test_a_definition_that_is_nothing_but_itself_proves_nothing() -> None:
    circle = Definitions({"node": {"$ref": "#/$defs/node"}})
    assert (
        Prover(circle, Definitions({"node": {"allOf": [REF], "minLength": 1}})).contains(REF, REF) is not None
    )


def test_alternatives_that_exclude_each_other_go_on_doing_so() -> None:
    one = {"type": "object", "required": ["un"], "properties": {"un": {"type": "string"}}}
    other = {"type": "object", "required": ["na"], "properties": {"na": {"type": "string"}}}
    base = {"type": "object", "properties": {"a": {"type": "string"}}, "oneOf": [one, other]}
    revision = {
        "type": "object",
        "properties": {"a": {"type": "string", "title": "t"}},
        "oneOf": [one, other],
        "minProperties": 0,
    }
    assert prove(base, revision)
    assert prove({"oneOf": [one, other]}, {"oneOf": [other, one]})


def test_a_new_optional_property_is_safe_unless_any_name_may_occur() -> None:
    base = {"type": "object", "properties": {"a": {"type": "string"}}}
    revision = {"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "string"}}}
    assert prove(base, revision, Names.DECLARED)
    assert not prove(base, revision, Names.ANY)


def test_too_much_is_given_up_and_says_so() -> None:
    many = {"allOf": [{"oneOf": [{"minLength": n}, {"maxLength": n}]} for n in range(12)]}
    reason = Prover(Definitions(), Definitions()).contains(many, {"type": "string", "pattern": "^x$"})
    assert reason is not None
