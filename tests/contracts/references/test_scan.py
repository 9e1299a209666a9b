"""References are found where they are references, and left alone where they are data."""

from typing import Any

import pytest

from contracts.references.scan import scan


def found(value: Any) -> list[tuple[str, tuple[str | int, ...]]]:
    return [(mention.reference, mention.path[:-1]) for mention in scan(value, "a.yaml").references]


REF = {"$ref": "#/x"}


@pytest.mark.parametrize(
    "value",
    [
        {"a": {"b": [REF]}},
        {"properties": {"example": REF}},
        {"properties": {"default": REF}},
        {"properties": {"x-foo": REF}},
        {"components": {"responses": {"default": REF}}},
        {"responses": {"default": REF}},
        {"parameters": {"value": REF}},
        {"examples": {"one": REF}},
        {"headers": REF},
        {"headers": {"type": "object", "properties": {"default": REF}}},
        {"callbacks": {"done": {"{$request.body#/url}": REF}}},
        {"messages": [REF]},
    ],
)
def test_a_reference_is_found(value: Any) -> None:
    assert [reference for reference, _ in found(value)] == ["#/x"]


@pytest.mark.parametrize(
    "value",
    [
        {"example": REF},
        {"default": REF},
        {"enum": [REF]},
        {"const": REF},
        {"x-anything": REF},
        {"examples": [REF]},
        {"examples": {"one": {"value": REF}}},
        {"properties": {"$ref": {"type": "string"}}},
        {"$ref": 3},
    ],
)
def test_data_is_no_reference(value: Any) -> None:
    assert found(value) == []


def test_they_come_in_document_order_with_their_path() -> None:
    value = {"b": [REF, {"$ref": "#/y"}], "a": {"$ref": "#/z"}}
    assert found(value) == [("#/x", ("b", 0)), ("#/y", ("b", 1)), ("#/z", ("a",))]


def test_a_discriminator_s_mapping_holds_references_and_names() -> None:
    value = {"discriminator": {"propertyName": "t", "mapping": {"a": "#/x", "b": "Name"}}}
    assert found(value) == [("#/x", ("discriminator", "mapping"))]


def test_identifiers_open_a_scope() -> None:
    value = {"$defs": {"a": {"$id": "https://h/a", "$ref": "#n", "not": {"$anchor": "n"}}}}
    result = scan(value, "a.yaml")
    assert result.identifiers == {"https://h/a": ("$defs", "a")}
    assert result.anchors == {("https://h/a", "n"): ("$defs", "a", "not")}
    assert [mention.scope for mention in result.references] == ["https://h/a"]
    inner = scan({"$defs": {"a": {"$id": "https://h/a", "not": {"$ref": "#n"}}}}, "a.yaml")
    assert [mention.scope for mention in inner.references] == ["https://h/a"]
