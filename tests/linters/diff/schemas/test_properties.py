from __future__ import annotations

from typing import Any

import pytest

from linters.diff.checks import catalogue
from linters.diff.schemas.nodes import Agreement
from linters.diff.schemas.properties import Properties, required_names
from tests.linters.diff.building import node, reader


def properties(base: Any, revision: Any) -> Properties:
    old, new = reader(base), reader(revision)
    return Properties(old, new, Agreement(old, new))


@pytest.mark.parametrize(
    ("base", "revision", "expected"),
    [
        ({"properties": {}}, {"properties": {"a": {}}}, ("property", "added-optional", "a")),
        ({"properties": {}}, {"properties": {"a": {}}, "required": ["a"]}, ("property", "added-required", "a")),
        ({"properties": {}}, {"properties": {"a": {"default": 1}}, "required": ["a"]}, ("property", "added-required-with-default", "a")),
        ({"properties": {"a": {}}, "required": ["a"]}, {}, ("property", "removed-required", "a")),
        ({"properties": {"a": {}}}, {"properties": {"a": {}}, "required": ["a"]}, ("property", "became-required", "a")),
        ({"properties": {"a": {}}, "required": ["a"]}, {"properties": {"a": {}}}, ("property", "became-optional", "a")),
        ({"properties": {"a": {"readOnly": True}}}, {"properties": {"a": {"readOnly": True}}, "required": ["a"]}, ("property", "became-required", "a")),
        ({"properties": {"a": {}}}, {"properties": {"a": {"writeOnly": True}}}, ("optional-property", "became-write-only", "a")),
    ],
)  # fmt: skip
def test_what_became_of_a_property(base: Any, revision: Any, expected: tuple[str, str, str]) -> None:
    found = list(properties(base, revision).differing(node(base), node(revision)))
    assert [(one.element, one.action, one.path) for one in found] == [expected]
    assert expected[:2] in catalogue()


def test_it_is_told_where_it_stands_and_whether_it_travels_one_way() -> None:
    base, revision = (
        {"required": ["b", "a"]},
        {"properties": {"a": {"readOnly": True}}, "required": ["b", "a"]},
    )
    (one,) = properties(base, revision).differing(node(base), node(revision))
    assert (one.element, one.action, one.only) == ("property", "added-required", "a")
    assert one.at == (("required", 1), ("properties", "a"))
    assert one.data == {"name": "a", "read_only": True, "write_only": False}


def test_what_both_have_is_looked_at_alone() -> None:
    base, revision = {"properties": {"a": {}}}, {"properties": {"a": {"readOnly": True}}}
    held = properties(base, revision)
    (one,) = held.mutability(node(base), node(revision), "a", required=True)
    assert (one.element, one.action) == ("required-property", "became-read-only")
    assert list(held.mutability(node(base), node(base), "a", required=True)) == []


def test_what_is_required_is_text() -> None:
    assert required_names(node({"required": ["b", 1, "a"]})) == ["b", "a"]
    assert required_names(node({"required": "a"})) == []
