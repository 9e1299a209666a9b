from __future__ import annotations

import pytest

from linters.diff.checks import catalogue
from tests.linters.diff.building import walk


@pytest.mark.parametrize(
    ("base", "revision", "expected"),
    [
        ({}, {"additionalProperties": False}, ("additionalProperties", "removed", "")),
        ({"additionalProperties": {"type": "string"}}, {}, ("additionalProperties", "freed", "")),
        ({}, {"items": {"type": "string"}}, ("items", "added", "")),
        ({"prefixItems": [{}]}, {"prefixItems": [{}, {}]}, ("prefixItems", "added", "")),
        ({}, {"allOf": [{"minLength": 1}]}, ("allOf", "added", "")),
        ({}, {"allOf": [{"description": "d"}]}, ("allOf-annotations", "added", "")),
        ({"anyOf": [{"type": "string"}, {"type": "object"}]}, {"anyOf": [{"type": "string"}]}, ("anyOf", "removed", "")),
        ({"type": "string"}, {"type": "string", "oneOf": [{"minLength": 1}]}, ("oneOf", "wrapped", "")),
        ({"not": {"type": "string"}}, {"not": {"type": "null"}}, ("not", "changed", "")),
        ({}, {"if": {}}, ("if", "added", "")),
        ({"patternProperties": {"^a": {}}}, {}, ("patternProperties", "removed", "")),
        (True, {"type": "string"}, ("schema", "appeared", "")),
        ({"type": "string"}, True, ("schema", "vanished", "")),
    ],
)  # fmt: skip
def test_own_differences(base: object, revision: object, expected: tuple[str, str, str]) -> None:
    found, old, new = walk(base, revision)
    assert [(one.element, one.action, one.path) for one in found.own(old, new)] == [expected]
    assert expected[:2] in catalogue()


def test_children_are_the_pairs_below() -> None:
    base = {
        "properties": {"a": {}, "b": {}},
        "items": {},
        "additionalProperties": {},
        "allOf": [{}],
        "oneOf": [{"title": "T"}],
    }
    revision = {**base, "properties": {"a": {"type": "string"}, "b": {}}}
    found, old, new = walk(base, revision)
    assert [(child.step, child.composed) for child in found.children(old, new)] == [
        ("a", False), ("[]", False), ("*", False), ("", True), ("<T>", True),
    ]  # fmt: skip


def test_places_are_those_of_both_sides() -> None:
    base, revision = {"enum": ["a", "b"]}, {"enum": ["b"]}
    found, old, new = walk(base, revision)
    (one,) = found.own(old, new)
    assert one.at == (("enum", 0), ("enum",))
