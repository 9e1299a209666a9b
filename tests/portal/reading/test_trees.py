"""Schemas as trees: finite, whatever they refer to."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from contracts.model import Origin, Schema
from contracts.references import DocumentSet, from_files
from portal.reading.trees import MOST_NODES, MOST_VALUES, Node, tree

DOCUMENT = b"""
Order:
  type: object
  required: [id, lines]
  properties:
    id: {type: string, format: uuid, description: The id.}
    lines: {type: array, minItems: 1, items: {$ref: '#/Line'}}
    parent: {$ref: '#/Order'}
    old: {type: string, deprecated: true}
    any: {}
    either: {oneOf: [{type: string}, {$ref: '#/Line'}]}
    gone: {$ref: '#/nowhere'}
  additionalProperties: {type: integer}
  patternProperties: {'^x-': {type: string}}
Line: {type: object, properties: {sku: {type: [string, 'null']}, matrix: {type: array, items: {type: array, items: {type: number}}}}}
Loop: {$ref: '#/Loop'}
"""
DOCUMENTS = from_files({"a.yaml": DOCUMENT}, "a.yaml")


def of(name: str, documents: DocumentSet = DOCUMENTS) -> Node:
    place = documents.top.child(name)
    return tree(documents, Schema(place.value, Origin(place.source, place.path), "json-schema-2020-12"))


def child(node: Node, name: str) -> Node:
    return next(each for each in node.children if each.name == name)


def walk(node: Node) -> Iterator[Node]:
    yield node
    for each in node.children:
        yield from walk(each)


def test_types_names_and_words() -> None:
    order = of("Order")
    assert (child(order, "id").type, child(order, "id").required) == ("string · uuid", True)
    lines = child(order, "lines")
    assert (lines.type, lines.reference, lines.rules) == ("array of object", "Line", ("at least 1 item",))
    assert child(lines, "sku").type == "string or null"
    assert child(lines, "matrix").type == "array of array of number"
    assert child(order, "any").type == "anything"
    assert child(order, "old").deprecated
    assert [each.name for each in child(order, "either").children] == ["one of", "one of"]
    assert {"any other name", "names that match ^x-"} <= {each.name for each in order.children}


def test_what_contains_itself_ends_and_says_so() -> None:
    assert child(of("Order"), "parent").end == "recursive"
    assert "circular" in of("Loop").problem or "itself" in of("Loop").problem


def test_what_leads_nowhere_is_told() -> None:
    assert "nowhere" in child(of("Order"), "gone").problem


def test_a_thicket_is_cut_to_what_can_be_read() -> None:
    width = 12
    parts = [
        f"S{level}: {{type: object, properties: {{{', '.join(f'p{i}: {{$ref: `#/S{level + 1}`}}' for i in range(width))}}}}}"
        for level in range(8)
    ]
    text = "\n".join(parts).replace("`", "'") + "\nS8: {type: string}\n"
    grown = of("S0", from_files({"t.yaml": text.encode()}, "t.yaml"))
    nodes = list(walk(grown))
    assert width < len(nodes) <= MOST_NODES
    assert any(node.end == "deep" for node in nodes)


def test_one_schema_with_very_many_properties_is_cut_too() -> None:
    many = "{type: object, properties: {" + ", ".join(f"p{i}: {{}}" for i in range(MOST_NODES * 2)) + "}}"
    grown = of("S", from_files({"t.yaml": f"S: {many}".encode()}, "t.yaml"))
    assert len(grown.children) == MOST_NODES
    assert grown.end == "many"


def test_a_schema_in_another_language_is_shown_as_written() -> None:
    avro = tree(DOCUMENTS, Schema({"type": "record"}, Origin("a.yaml", ()), "avro"))
    assert avro.raw == {"type": "record"}


def grown(text: str) -> Node:
    return of("S", from_files({"t.yaml": text.encode()}, "t.yaml"))


@pytest.mark.parametrize("keyword", ["oneOf", "anyOf"])
def test_one_schema_of_very_many_alternatives_is_cut_too(keyword: str) -> None:
    node = grown(f"S: {{{keyword}: [" + ", ".join("{type: string}" for _ in range(MOST_NODES * 2)) + "]}")
    assert len(node.children) == MOST_NODES
    assert node.end == "many"


@pytest.mark.parametrize(
    "text",
    [
        "S: {type: array, items: {$ref: '#/S'}}",
        "S: {allOf: [{$ref: '#/S'}, {properties: {a: {$ref: '#/S'}}}]}",
        "S: {oneOf: [{$ref: '#/S'}, {type: string}]}",
        "S: {additionalProperties: {$ref: '#/S'}}",
        "S: {patternProperties: {'^x': {$ref: '#/S'}}}",
        "S: {prefixItems: [{$ref: '#/S'}, {$ref: '#/S'}]}",
        "S: {properties: {a: {$ref: '#/T'}, b: {$ref: '#/T'}}}\nT: {type: array, items: {properties: {s: {$ref: '#/S'}, t: {$ref: '#/T'}}}}",
        "S: {$ref: '#/T'}\nT: {$ref: '#/S'}",
        "S: {$ref: '#'}",
    ],
)
def test_every_way_round_ends(text: str) -> None:
    nodes = list(walk(grown(text)))
    assert len(nodes) <= MOST_NODES


def test_a_recursion_through_two_schemas_is_told_where_it_closes() -> None:
    node = grown("S: {properties: {t: {$ref: '#/T'}}}\nT: {properties: {s: {$ref: '#/S'}}}")
    closing = child(child(node, "t"), "s")
    assert (closing.end, closing.reference, closing.children) == ("recursive", "S", ())


def test_one_definition_used_twice_is_no_recursion() -> None:
    node = grown(
        "S: {properties: {a: {$ref: '#/T'}, b: {$ref: '#/T'}}}\nT: {properties: {x: {type: string}}}"
    )
    assert [[each.name for each in side.children] for side in node.children] == [["x"], ["x"]]


def test_a_long_chain_of_schemas_ends_deep_and_says_where_it_goes_on() -> None:
    text = "S: {properties: {p: {$ref: '#/S0'}}}\n" + "".join(
        f"S{level}: {{properties: {{p: {{$ref: '#/S{level + 1}'}}}}}}\n" for level in range(600)
    )
    last = list(walk(grown(text + "S600: {type: string}")))[-1]
    assert last.end == "deep"
    assert last.origin.path == (last.reference,)


def test_schemas_that_are_true_false_empty_or_nothing_at_all() -> None:
    assert [grown(f"S: {text}").type for text in ("true", "false", "{}")] == ["anything", "never", "anything"]
    assert grown("S: [1, 2]").raw == [1, 2]


def test_very_many_values_are_counted() -> None:
    node = grown(f"S: {{enum: [{', '.join(map(str, range(MOST_VALUES + 1240)))}]}}")
    assert len(node.values) == MOST_VALUES + 1
    assert node.values[-1] == "and 1,240 more"


@pytest.mark.parametrize(
    "text",
    [
        "S: {properties: [a], required: {a: 1}, oneOf: {x: 1}, allOf: x, enum: 1, items: 3, type: [1, {}]}",
        "S: {properties: {a: 1, b: null, c: [x]}, required: [1, a], description: [x], format: {}, deprecated: 1}",
        "S: {$ref: 1, example: {a: 1}, examples: {x: 1}, additionalProperties: 0, prefixItems: {}}",
        "S: {1: 2, minimum: .nan, maxItems: .inf, multipleOf: .inf, default: .nan, const: [.inf]}",
    ],
)
def test_keywords_of_the_wrong_kind_are_passed_over(text: str) -> None:
    node = grown(text)
    assert isinstance(node.type, str)
    assert not node.deprecated
    assert node.description == ""
