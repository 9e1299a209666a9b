"""The table that the schemas of a contract share."""

from contracts.schemas import Direction
from contracts.schemas.definitions import Definitions
from tests.contracts.made import documents

TEXT = """
components:
  schemas:
    A: {properties: {b: {$ref: '#/components/schemas/B'}}}
    B: {properties: {a: {$ref: '#/components/schemas/A'}, c: {$ref: 'parts.yaml#/A'}}}
    C: {type: string}
"""


def table() -> Definitions:
    made = documents(TEXT, parts="A: {type: integer}")
    return Definitions(made, Direction.REQUEST, refuse_one_way=False, discriminators=True)


def test_definitions_are_translated_once_and_only_when_needed() -> None:
    found = table()
    node = found.documents.locate(("components", "schemas", "A"))
    piece = found.translate(node, "openapi-3.0")
    assert set(found.table) == {"B", "A", "A-2"}
    assert found.closure(piece.names) == ("B", "A", "A-2")
    before = dict(found.table)
    again = found.translate(node, "openapi-3.0")
    assert again.schema == piece.schema
    assert all(found.table[name] is before[name] for name in before)


def test_definitions_know_where_they_are_written() -> None:
    found = table()
    found.translate(found.documents.locate(("components", "schemas", "B")), "openapi-3.0")
    places = {(found.origin(name).source, found.origin(name).path) for name in found.table}
    assert ("parts.yaml", ("A",)) in places
    assert found.unmodelled("A") == ()


def test_names_are_safe_in_a_pointer() -> None:
    made = documents(
        "components: {schemas: {'a/b ~c': {type: string}, S: {$ref: '#/components/schemas/a~1b ~0c'}}}"
    )
    found = Definitions(made, None, refuse_one_way=False, discriminators=True)
    piece = found.translate(made.top.child("components").child("schemas").child("S"), "openapi-3.0")
    assert piece.schema == {"$ref": "#/$defs/a_b_c"}
