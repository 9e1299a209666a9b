from __future__ import annotations

import pytest

from linters.diff.checks import catalogue
from linters.diff.schemas.keywords import differences
from tests.linters.diff.building import node


@pytest.mark.parametrize(
    ("base", "revision", "expected"),
    [
        ({"type": "integer"}, {"type": "number"}, ("type", "generalized")),
        ({"type": "number"}, {"type": "integer"}, ("type", "specialized")),
        ({"type": "string"}, {"type": "integer"}, ("type", "changed")),
        ({"type": ["string", "integer"]}, {"type": "string"}, ("type", "specialized")),
        ({"type": "string"}, {"type": ["string", "integer"]}, ("type", "generalized")),
        ({"type": "string"}, {"type": ["integer", "boolean"]}, ("type", "changed")),
        ({"type": "string"}, {"type": "string", "format": "date"}, ("format", "added")),
        ({"type": "string", "format": "date"}, {"type": "string", "format": "time"}, ("format", "changed")),
        ({"type": "string"}, {"type": ["string", "null"]}, ("nullable", "added")),
        ({"type": "string", "nullable": True}, {"type": "string"}, ("nullable", "removed")),
        ({"enum": ["a"]}, {"enum": ["a", "b"]}, ("enum-value", "added")),
        ({"enum": ["a", "b"]}, {"enum": ["a"]}, ("enum-value", "removed")),
        ({}, {"enum": ["a"]}, ("enum", "added")),
        ({"enum": ["a"]}, {}, ("enum", "removed")),
        ({"const": 1}, {"const": True}, ("const", "changed")),
        ({"default": 1}, {"default": 2}, ("default", "changed")),
        ({}, {"maxLength": 3}, ("maxLength", "set")),
        ({"maxLength": 3}, {}, ("maxLength", "unset")),
        ({"minimum": 3}, {"minimum": 2}, ("minimum", "decreased")),
        ({"pattern": "a"}, {"pattern": "b"}, ("pattern", "changed")),
        ({"pattern": "a"}, {"pattern": ".*"}, ("pattern", "generalized")),
        ({"uniqueItems": True}, {}, ("uniqueItems", "removed")),
        ({}, {"multipleOf": 2}, ("multipleOf", "added")),
        ({"dependentRequired": {"a": ["b"]}}, {"dependentRequired": {"a": ["c"]}}, ("dependentRequired", "changed")),
        ({}, {"deprecated": True}, ("schema", "notice")),
        ({"deprecated": True}, {"deprecated": True, "x-sunset": "2027-01-01"}, ("schema", "notice")),
        ({"type": "string"}, {}, ("type", "removed")),
        ({"type": "string"}, {"oneOf": [{"type": "string"}, {"type": "integer"}]}, ("list-of-types", "widened")),
        ({"anyOf": [{"type": "string"}, {"type": "null"}, {"type": "integer"}]}, {"type": "integer"}, ("list-of-types", "narrowed")),
        ({"discriminator": {"propertyName": "a"}}, {"discriminator": {"propertyName": "b"}}, ("discriminator", "property-name-changed")),
        ({"discriminator": {"propertyName": "a"}}, {"discriminator": {"propertyName": "a", "mapping": {"x": "#/x"}}}, ("discriminator", "mapping-added")),
        ({"x-extensible-enum": ["a"]}, {"x-extensible-enum": []}, ("extensible-enum-value", "removed")),
    ],
)  # fmt: skip
def test_one_difference(base: object, revision: object, expected: tuple[str, str]) -> None:
    found = [(one.element, one.action) for one in differences(node(base), node(revision))]
    assert found == [expected]
    assert expected in catalogue() or expected == ("schema", "notice")  # telling.py names the check


@pytest.mark.parametrize(
    ("base", "revision"),
    [
        ({"minLength": 0}, {}),
        ({"type": "string", "nullable": True}, {"type": ["null", "string"]}),
        ({"minimum": 1, "exclusiveMinimum": True}, {"exclusiveMinimum": 1}),
        ({"description": "a"}, {"description": "b"}),
        ({"enum": ["a", "b"]}, {"enum": ["b", "a"]}),
    ],
)
def test_the_same_in_other_words_is_no_difference(base: object, revision: object) -> None:
    assert not list(differences(node(base), node(revision)))
