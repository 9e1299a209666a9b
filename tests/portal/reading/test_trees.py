"""Schemas as trees: finite, whatever they refer to."""

from __future__ import annotations

from collections.abc import Iterator

from contracts.model import Origin, Schema
from contracts.references import DocumentSet, from_files
from portal.reading.trees import MOST_NODES, Node, tree

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
