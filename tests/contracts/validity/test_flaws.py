"""What people read about a mistake: the place nearest to it, in words, and what to do."""

from __future__ import annotations

from typing import Any

import jsonschema_rs
import pytest

from contracts.validity.flaws import Flaw, flaws, shown


def found(schema: dict[str, Any], value: Any) -> list[Flaw]:
    return list(flaws(jsonschema_rs.Draft7Validator(schema, validate_formats=True).iter_errors(value)))


@pytest.mark.parametrize(
    ("schema", "value", "code", "path", "said"),
    [
        ({"required": ["id"]}, {}, "missing-field", (), "The document lacks the field 'id'."),
        (
            {"properties": {"info": {"required": ["id"]}}},
            {"info": {}},
            "missing-field",
            ("info",),
            "'info' lacks",
        ),
        ({"items": {"required": ["id"]}}, [{}], "missing-field", (0,), "This item lacks"),
        (
            {"properties": {"info": {}}, "additionalProperties": False},
            {"ifno": 1},
            "unknown-field",
            ("ifno",),
            "no field 'ifno'",
        ),
        ({"type": ["string", "null"]}, 7, "wrong-type", (), "This is a number; null or text is expected."),
        ({"enum": ["send", "receive"]}, "sent", "wrong-value", (), "'sent' is not allowed here."),
        ({"const": True}, False, "wrong-value", (), "false is not allowed here."),
        ({"format": "uri"}, "not a uri", "wrong-format", (), "'not a uri' is no URI."),
        ({"pattern": "^a"}, "b", "wrong-format", (), "does not match the pattern ^a"),
        ({"propertyNames": {"maxLength": 2}}, {"abc": 1}, "wrong-name", (), "longer than 2 characters"),
        ({"uniqueItems": True}, [1, 1], "duplicate-item", (), "same item twice"),
        ({"minItems": 2}, [1], "out-of-bounds", (), "fewer than 2 items"),
        ({"exclusiveMinimum": 0}, 0, "out-of-bounds", (), "greater than 0"),
        ({"not": {"required": ["a"]}}, {"a": 1}, "not-allowed", (), "not allowed here"),
    ],
)
def test_a_mistake_is_said(
    schema: dict[str, Any], value: Any, code: str, path: tuple[Any, ...], said: str
) -> None:
    (flaw,) = found(schema, value)
    assert (flaw.code, flaw.path) == (code, path)
    assert said in flaw.message


def test_of_alternatives_the_one_that_was_meant_is_told() -> None:
    reference = {"type": "object", "required": ["$ref"]}
    parameter = {"type": "object", "properties": {"in": {"enum": ["path", "query"]}}, "required": ["name"]}
    schema = {"oneOf": [reference, parameter, {"type": "string"}]}
    (flaw,) = found(schema, {"name": "id", "in": "body"})
    assert (flaw.path, flaw.advice) == (("in",), "Expected is one of 'path', 'query'.")
    (flaw,) = found(schema, {"in": "path"})
    assert flaw.message == "The document lacks the field 'name'."


def test_a_value_that_none_of_the_alternatives_has_is_told_with_those_that_they_have() -> None:
    kinds = [{"properties": {"in": {"const": name}}} for name in ("path", "query")]
    (flaw,) = found({"oneOf": [*kinds, {"properties": {"in": {"enum": ["header"]}}}]}, {"in": "bar"})
    assert (flaw.path, flaw.message) == (("in",), "'bar' is not allowed here.")
    assert flaw.advice == "Expected is one of 'path', 'query', 'header'."


def test_the_value_that_tells_alternatives_apart_says_which_was_meant() -> None:
    places = [
        {"properties": {"in": {"enum": ["path"]}}, "required": ["required"]},
        {"properties": {"in": {"enum": ["query"]}}},
        {"properties": {"in": {"const": "header"}}},
    ]
    (flaw,) = found({"oneOf": places}, {"in": "path"})
    assert flaw.message == "The document lacks the field 'required'."


def test_a_reference_with_something_beside_it_is_still_one() -> None:
    reference = {"properties": {"$ref": {}}, "required": ["$ref"], "additionalProperties": False}
    parameter = {"oneOf": [{"required": ["schema"]}, {"required": ["type"]}]}
    (flaw,) = found({"oneOf": [parameter, reference]}, {"$ref": "#/a", "description": "x"})
    assert flaw.path == ("description",)


def test_where_each_alternative_lacks_a_field_all_of_them_are_named() -> None:
    (flaw,) = found({"anyOf": [{"required": ["paths"]}, {"required": ["components"]}]}, {})
    assert flaw.message == "The document has none of the fields 'paths', 'components'."
    (flaw,) = found({"anyOf": [{"required": ["a"]}, {"required": ["a"], "type": "object"}]}, {})
    assert flaw.message == "The document lacks the field 'a'."


def test_alternatives_that_fit_at_once_are_told_as_such() -> None:
    (flaw,) = found({"oneOf": [{"required": ["a"]}, {"required": ["b"]}]}, {"a": 1, "b": 1})
    assert flaw.code == "ambiguous"


def test_a_value_is_never_quoted_whole() -> None:
    (flaw,) = found({"enum": ["a"]}, "b" * 10_000)
    assert len(flaw.message) < 100
    (flaw,) = found({"anyOf": [{"type": "string"}, {"type": "array"}]}, {"secret": "b" * 10_000})
    assert "secret" not in flaw.message


def test_the_same_flaw_is_told_once() -> None:
    assert len(found({"allOf": [{"type": "string"}, {"type": "string"}]}, 1)) == 1


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, "null"), (True, "true"), ("a", "'a'"), (1.5, "1.5"), ({"a": 1}, "a mapping"), ([1], "a list")],
)
def test_values_as_messages_show_them(value: Any, text: str) -> None:
    assert shown(value) == text
