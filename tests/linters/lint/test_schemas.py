from __future__ import annotations

from typing import Any

import pytest

from linters.lint.schemas import UnusableSchema, Violation, compile_schema


def _first(schema: Any, value: Any) -> tuple[str, tuple[str | int, ...]]:
    violation = compile_schema(schema).violations(value, every=False)[0]
    return violation.keyword, violation.path


def test_the_first_error_is_the_one_that_ajv_meets_first() -> None:
    schema = {
        "type": "object",
        "properties": {"a": {"type": "string"}, "b": {"enum": [1]}},
        "required": ["c"],
        "additionalProperties": False,
    }
    assert _first(schema, 1) == ("type", ())
    assert _first(schema, {"a": 1, "d": 1}) == ("required", ())
    assert _first(schema, {"a": 1, "c": 1}) == ("additionalProperties", ())
    assert _first({**schema, "additionalProperties": True}, {"b": 2, "a": 1, "c": 1}) == ("type", ("a",))


def test_all_errors_and_enums_only_where_nothing_else_is_wrong() -> None:
    schema = {"properties": {"a": {"type": "string"}, "b": {"enum": [1]}}}
    validator = compile_schema(schema)
    assert [v.keyword for v in validator.violations({"a": 1, "b": 2}, every=True)] == ["type"]
    assert [v.keyword for v in validator.violations({"a": "", "b": 2}, every=True)] == ["enum"]


def test_alternatives_that_failed_are_told_too() -> None:
    validator = compile_schema({"anyOf": [{"type": "string"}, {"required": ["a"]}]})
    assert [v.keyword for v in validator.violations({}, every=False)] == ["type", "required", "anyOf"]


def test_where_an_item_is_missing_each_item_says_why_in_an_alternative_and_where_all_is_told() -> None:
    wanted = {"contains": {"required": ["name"], "properties": {"name": {"const": "limit"}}}}
    value = [{"name": "page"}, {}]
    items = [("const", (0, "name")), ("required", (1,)), ("contains", ())]

    def told(schema: dict[str, Any], every: bool) -> list[tuple[str, tuple[str | int, ...]]]:
        return [(v.keyword, v.path) for v in compile_schema(schema).violations(value, every=every)]

    assert told(wanted, False) == [("contains", ())]
    assert told(wanted, True) == items
    assert told({"anyOf": [wanted]}, False) == [*items, ("anyOf", ())]
    assert compile_schema(wanted).violations([{}, {"name": "limit"}], every=True) == ()


def test_items_that_are_asked_for_by_reference_are_told_once() -> None:
    schema = {"$defs": {"limit": {"const": "limit"}}, "contains": {"$ref": "#/$defs/limit"}}
    assert [v.keyword for v in compile_schema(schema).violations(["page"], every=True)] == ["contains"]


def test_drafts() -> None:
    four = {"$schema": "http://json-schema.org/draft-04/schema#", "minimum": 1, "exclusiveMinimum": True}
    assert not compile_schema(four).is_valid(1)
    assert not compile_schema({"prefixItems": [{"type": "string"}], "items": False}, "draft2020-12").is_valid(
        [1]
    )


@pytest.mark.parametrize(
    ("schema", "good", "bad"),
    [
        ({"format": "int32"}, 2**31 - 1, 2**31),
        ({"format": "uuid"}, "123e4567-e89b-12d3-a456-426614174000", "z"),
        ({"format": "duration"}, "P1DT2H", "P"),
        ({"format": "byte"}, "YQ==", "***"),
        ({"format": "unheard-of"}, "x", None),
    ],
)
def test_formats(schema: Any, good: Any, bad: Any) -> None:
    validator = compile_schema(schema)
    assert validator.is_valid(good)
    assert bad is None or not validator.is_valid(bad)


def test_what_is_no_schema() -> None:
    with pytest.raises(UnusableSchema) as error:
        compile_schema({"$ref": "#/nope"})
    assert error.value.dangling
    with pytest.raises(UnusableSchema) as error:
        compile_schema({"pattern": "("})
    assert not error.value.dangling


def test_a_violation_says_what_it_is_about() -> None:
    assert Violation(("a",), "type", "should be text").told_of(("x", "a")) == '"a" property should be text.'


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        ("2026-01-31T23:59:60Z", True),
        ("2026-01-31t10:00:00.5+0100", True),
        ("2026-01-31 10:00:00", True),
        ("2026-02-30T10:00:00Z", False),
        ("2026-01-31T24:00:00Z", False),
        ("2026-01-31", False),
        ("20260131T10:00:00Z", False),
    ],
)
def test_a_moment_is_what_ajv_takes_for_one(text: str, valid: bool) -> None:
    assert compile_schema({"format": "date-time"}).is_valid(text) is valid


def test_a_backslash_that_means_nothing_to_javascript_is_passed_over() -> None:
    validator = compile_schema({"pattern": r"^\g\d\.$"})
    assert validator.is_valid("g1.")
    assert not validator.is_valid("g1x")


@pytest.mark.parametrize(
    ("name", "text", "valid"),
    [
        ("regex", "(", False),
        ("regex", r"\\g", True),
        ("uri-reference", "#/a b", False),
        ("uri-reference", "a", True),
        ("url", "https://a.example/b?c", True),
        ("url", "not a URL", False),
        ("url", "http://[", False),
        ("email", "a.b@c.example", True),
        ("email", "a@localhost", False),
        ("time", "10:00:00", True),
        ("time", "25:00:00Z", False),
        ("iri", "not looked at", True),
    ],
)
def test_formats_are_those_of_ajv_in_every_draft(name: str, text: str, valid: bool) -> None:
    assert compile_schema({"format": name}, "draft4").is_valid(text) is valid
    assert compile_schema({"format": name}, "draft2020-12").is_valid(text) is valid


def test_a_schema_that_is_nested_without_end_is_refused() -> None:
    schema: Any = {}
    for _ in range(5_000):
        schema = {"not": schema}
    with pytest.raises(UnusableSchema, match="nested too deep"):
        compile_schema(schema)


def test_a_property_may_be_called_like_a_keyword() -> None:
    schema = {"properties": {"a": {"enum": [1]}, "maximum": {"type": "string"}}}
    assert _first(schema, {"a": 2, "maximum": 2}) == ("enum", ("a",))
