from __future__ import annotations

import pytest

from linters.diff.proof.keywords import MODELLED, RULES, accepts_all, obligations
from linters.diff.proof.outcome import Names
from linters.diff.proof.views import View


def reasons(
    inner: dict[str, object], kind: str, outer: dict[str, object], names: Names = Names.ANY
) -> list[str]:
    found = obligations(View((inner,)), kind, outer, names=names, formats=True)
    return [one.reason for one in found if one.reason is not None]


@pytest.mark.parametrize(
    ("kind", "inner", "outer", "expected"),
    [
        ("integer", {"minimum": 5}, {"minimum": 5}, []),
        ("integer", {"minimum": 5}, {"exclusiveMinimum": 5}, ["exclusiveMinimum"]),
        ("integer", {"exclusiveMaximum": 5}, {"maximum": 5}, []),
        ("number", {"maximum": 5}, {"exclusiveMaximum": 5}, ["exclusiveMaximum"]),
        ("integer", {}, {"multipleOf": 1}, []),
        ("number", {"multipleOf": 4}, {"multipleOf": 2}, []),
        ("number", {"multipleOf": 3}, {"multipleOf": 0.3}, ["multipleOf"]),
        ("number", {"multipleOf": 0.5}, {"multipleOf": 0.5}, []),
        ("string", {"minLength": 2}, {"minLength": 1}, []),
        ("string", {"maxLength": 9}, {"maxLength": 8}, ["maxLength"]),
        ("string", {"pattern": "^a$"}, {"pattern": "^a$"}, []),
        ("string", {"pattern": "^a$"}, {"pattern": "^a"}, ["pattern"]),
        ("string", {}, {"pattern": "a*"}, []),
        ("string", {}, {"format": "date"}, ["format"]),
        ("string", {}, {"format": "no-such-format"}, []),
        ("integer", {"format": "int32"}, {"format": "int64"}, []),
        ("integer", {"minimum": 0, "maximum": 9}, {"format": "int32"}, []),
        ("integer", {}, {"format": "date"}, []),
        ("array", {"maxItems": 1}, {"uniqueItems": True}, []),
        ("array", {}, {"uniqueItems": True}, ["uniqueItems"]),
        ("array", {}, {"contains": {}}, ["contains"]),
        ("object", {"required": ["a"]}, {"required": ["a"], "minProperties": 1}, []),
        ("object", {}, {"required": ["a"]}, ["required"]),
        ("object", {}, {"maxProperties": 3}, ["maxProperties"]),
        ("object", {"properties": {"a": {}}, "additionalProperties": False}, {"maxProperties": 1}, []),
        ("object", {"required": ["b"]}, {"dependentRequired": {"a": ["b"]}}, []),
        ("object", {}, {"dependentRequired": {"a": ["b"]}}, ["dependentRequired"]),
        ("string", {}, {"unevaluatedItems": False}, ["unevaluatedItems"]),
        ("string", {}, {"enum": ["a"]}, ["enum"]),
    ],
)
def test_obligations(
    kind: str, inner: dict[str, object], outer: dict[str, object], expected: list[str]
) -> None:
    assert reasons(inner, kind, outer) == expected


def test_a_name_that_only_the_outer_side_declares_is_not_used_by_api_clients() -> None:
    outer = {"properties": {"a": {"type": "string"}}}
    view = View(({"type": "object"},))
    strict = list(obligations(view, "object", outer, names=Names.ANY, formats=True))
    lenient = list(obligations(view, "object", outer, names=Names.DECLARED, formats=True))
    assert tuple(one.outer for one in strict if one.outer is not True) == ({"type": "string"},)
    assert all(one.outer is True for one in lenient)


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [("", True), (".*", True), ("a*", True), ("^a*$", False), ("a", False), ("(?<", False), ("a|b", False)],
)
def test_patterns_that_match_everything(pattern: str, expected: bool) -> None:
    assert accepts_all(pattern) is expected


def test_every_type_has_its_rules() -> None:
    assert set(RULES) == {"null", "boolean", "integer", "number", "string", "array", "object"}
    assert {"properties", "oneOf", "if"} <= MODELLED
