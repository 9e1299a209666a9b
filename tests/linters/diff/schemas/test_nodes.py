from __future__ import annotations

import pytest

from linters.diff.schemas.nodes import Agreement, Node, mapping, members
from tests.linters.diff.building import node, reader


@pytest.mark.parametrize(
    ("value", "keyword", "expected"),
    [
        ({"minimum": 1}, "minimum", 1),
        ({"minimum": 1, "exclusiveMinimum": True}, "minimum", None),
        ({"minimum": 1, "exclusiveMinimum": True}, "exclusiveMinimum", 1),
        ({"minimum": 1, "exclusiveMinimum": False}, "exclusiveMinimum", None),
        ({"exclusiveMaximum": 3}, "exclusiveMaximum", 3),
        ({"minLength": 0}, "minLength", None),
        ({"minimum": 0}, "minimum", 0),
        ({"minimum": True}, "minimum", None),
    ],
)
def test_bounds_of_all_dialects_are_one(value: object, keyword: str, expected: object) -> None:
    assert node(value).bound(keyword) == expected


@pytest.mark.parametrize(
    "value",
    [
        {"type": ["string", "null"]},
        {"type": "string", "nullable": True},
        {"type": "string", "x-nullable": True},
    ],
)
def test_null_is_let_in_in_many_ways(value: dict[str, object]) -> None:
    assert node(value).takes_null
    assert node(value).types == {"string"}
    assert not node({}).takes_null


def test_references_are_followed_and_a_mere_union_with_null_is_seen_through() -> None:
    document = {
        "a": {"$ref": "#/b"},
        "b": {"anyOf": [{"$ref": "#/c"}, {"type": "null"}]},
        "c": {"type": "string"},
    }
    found = reader(document).resolved(Node({"$ref": "#/a"}, node(document).origin, "json-schema-2020-12"))
    assert found.value == {"type": "string"}
    assert found.nullable
    assert found.origin.path == ("c",)


def test_what_stands_beside_a_reference_counts_where_the_dialect_says_so() -> None:
    document = {"a": {"type": "string"}}
    beside = {"$ref": "#/a", "maxLength": 3}
    assert reader(document).resolved(node(beside)).value == {"type": "string", "maxLength": 3}
    assert reader(document).resolved(node(beside, "openapi-3.0")).value == {"type": "string"}


def test_a_reference_that_leads_nowhere_stays_as_it_is() -> None:
    assert reader({}).resolved(node({"$ref": "#/gone"})).value == {"$ref": "#/gone"}


def test_agreement_looks_through_references_and_circles() -> None:
    base = {
        "list": {"properties": {"next": {"$ref": "#/list"}, "leaf": {"$ref": "#/leaf"}}},
        "leaf": {"type": "string"},
    }
    revision = {**base, "leaf": {"type": "integer"}}
    agreement = Agreement(reader(base), reader(revision))
    assert not agreement.of(node({"$ref": "#/list"}), node({"$ref": "#/list"}))
    assert Agreement(reader(base), reader(base)).of(node({"$ref": "#/list"}), node({"$ref": "#/list"}))


def test_a_keyword_of_another_kind_holds_nothing() -> None:
    odd = node({"properties": [], "required": {}})
    assert (mapping(odd, "properties"), members(odd, "required")) == ({}, [])
    well = node({"properties": {"a": {}}, "required": ["a"]})
    assert (mapping(well, "properties"), members(well, "required")) == ({"a": {}}, ["a"])
    assert (mapping(node(True), "properties"), members(node(True), "required")) == ({}, [])
