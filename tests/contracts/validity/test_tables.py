"""The notation of the tables, one line at a time."""

from __future__ import annotations

from typing import Any

import jsonschema_rs
import pytest

from contracts.validity import tables


def accepts(written: Any, value: Any, version: str = "3.0", **others: Any) -> bool:
    entries = {"Thing": {"field": written}, "Reference": {"~open": True, "$ref!": "string"}, **others}
    schema = {
        "definitions": {name: tables.definition(entry, version) for name, entry in entries.items()},
        "allOf": [{"$ref": "#/definitions/Thing"}],
    }
    return jsonschema_rs.Draft7Validator(schema).is_valid({"field": value})


@pytest.mark.parametrize(
    ("written", "good", "bad"),
    [
        ("string", "a", 1),
        ("count", 0, -1),
        ("(send|receive)", "send", "sent"),
        ("[string]", ["a", "a"], [1]),
        ("[string]!", ["a", "b"], ["a", "a"]),
        ("[string]1", ["a"], []),
        ("{string}", {"any": "a"}, {"any": 1}),
        ("{[string]}", {"any": ["a"]}, {"any": "a"}),
        ("expression", "$message.header#/id", "$message.body#/id"),
        ({"type": "integer", "maximum": 3}, 3, 4),
        ("Other", {"a": "b"}, {"b": "b"}),
        ("&Other", {"$ref": "#/x"}, {"$ref": 1}),
        ("&Other", {"a": "b"}, {"b": "b"}),
    ],
)
def test_a_type_accepts_and_refuses(written: Any, good: Any, bad: Any) -> None:
    other = {"a": "string"}
    assert accepts(written, good, Other=other)
    assert not accepts(written, bad, Other=other)


def test_what_must_be_a_reference_is_a_definition_of_its_own() -> None:
    pointing = {tables.pointing_to("Other"): {"~is": "Reference"}}
    assert accepts("@Other", {"$ref": "#/x"}, Other={"a": "string"}, **pointing)
    assert not accepts("@Other", {"a": "b"}, Other={"a": "string"}, **pointing)


def test_any_takes_anything() -> None:
    assert all(accepts("any", value) for value in (None, 1, "a", [], {}))


@pytest.mark.parametrize(
    ("written", "versions"),
    [
        ("a", {"2.0", "2.4", "3.0"}),
        ("a@2.4", {"2.4", "3.0"}),
        ("a@-2.4", {"2.0", "2.4"}),
        ("a!@2.4-2.6", {"2.4"}),
    ],
)
def test_a_field_belongs_to_versions(written: str, versions: set[str]) -> None:
    assert {version for version in ("2.0", "2.4", "3.0") if tables.key(written).holds(version)} == versions


def test_a_malformed_field_is_refused() -> None:
    with pytest.raises(ValueError, match="not a field"):
        tables.key("a@new")


@pytest.mark.parametrize(
    ("table", "good", "bad"),
    [
        ({"a!": "string"}, {"a": "b", "x-b": 1}, {}),
        ({"a": "string"}, {"x-b.c-d": 1}, {"x-": 1}),
        ({"a": "string", "~extensions": False}, {"a": "b"}, {"x-b": 1}),
        ({"a": "string", "~open": True}, {"b": 1}, {"a": 1}),
        ({"~if": {"type": "array"}, "~then": "[string]", "~else": "boolean"}, ["a"], [1]),
        ({"~if": {"type": "array"}, "~then": "[string]", "~else": "boolean"}, True, "a"),
        ({"~is": "string", "~and": {"minLength": 2}}, "ab", "a"),
        ({"~by": "kind", "one": "object", "two@9.0": "object"}, {"kind": "one"}, {"kind": "two"}),
    ],
)
def test_an_entry_accepts_and_refuses(table: dict[str, Any], good: Any, bad: Any) -> None:
    assert accepts("Entry", good, Entry=table)
    assert not accepts("Entry", bad, Entry=table)
