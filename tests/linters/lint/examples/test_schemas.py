from __future__ import annotations

from contracts.elements.common import Origin, Schema
from contracts.references import from_files
from linters.lint.examples.schemas import of_schemas


def shown(text: str, dialect: str = "json-schema-2020-12") -> dict[str, object]:
    documents = from_files({"a.yaml": text.encode(), "b.yaml": b"{type: string, example: far}"}, "a.yaml")
    value = documents.root.value
    roots = [Schema(value[name], Origin("a.yaml", (name,)), dialect) for name in value]
    return {"/".join(map(str, one.origin.path)): one.value for one in of_schemas(documents, roots)}


def test_examples_are_found_below_every_keyword() -> None:
    text = """
A:
  example: {x: 1}
  properties:
    example: {type: string, default: p}
    y: {items: {examples: [1, 2]}}
  oneOf: [{example: o}]
  additionalProperties: {example: a}
  enum: [{example: no}]
"""
    assert shown(text) == {
        "A/example": {"x": 1},
        "A/properties/example/default": "p",
        "A/properties/y/items/examples/0": 1,
        "A/properties/y/items/examples/1": 2,
        "A/oneOf/0/example": "o",
        "A/additionalProperties/example": "a",
    }


def test_what_is_referred_to_is_looked_at_once_though_it_refers_to_itself() -> None:
    text = """
A: {properties: {b: {$ref: '#/B'}, c: {$ref: '#/B'}}}
B: {example: 1, properties: {b: {$ref: '#/B'}}}
"""
    assert shown(text) == {"B/example": 1}


def test_references_lead_into_other_files_and_some_lead_nowhere() -> None:
    assert shown("A: {allOf: [{$ref: b.yaml}, {$ref: nowhere.yaml}]}") == {"example": "far"}


def test_beside_a_reference_an_example_counts_where_the_dialect_says_so() -> None:
    text = "A: {$ref: '#/B', example: 1}\nB: {type: integer}"
    assert shown(text) == {"A/example": 1}
    assert shown(text, "openapi-3.0") == {}
